namespace CloudPump.Parsers.Layouts;

/// <summary>A bit of a field, or several that make a number.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Prefix">The name as it begins a member of a JSON object.</param>
/// <param name="First">The lowest bit.</param>
/// <param name="Width">How many bits.</param>
internal sealed record LayoutBits(string Name, byte[] Prefix, int First, int Width);
