namespace CloudPump.Expressions;

/// <summary>The string extensions.</summary>
internal static class TextFunctions
{
    public static IEnumerable<Overload> All => [];
}
