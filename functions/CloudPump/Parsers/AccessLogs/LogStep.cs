namespace CloudPump.Parsers.AccessLogs;

/// <summary>A piece of a line, ready to be read.</summary>
/// <param name="Item">What it is.</param>
/// <param name="Field">The field that it gives.</param>
/// <param name="Text">The literal; of a value the text that ends it, empty for the end of the line.</param>
/// <param name="IsQuoted">It stands in quotes.</param>
internal sealed record LogStep(LogItem Item, ushort Field, byte[] Text, bool IsQuoted);
