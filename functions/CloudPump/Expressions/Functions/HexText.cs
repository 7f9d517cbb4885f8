namespace CloudPump.Expressions;

/// <summary>Bytes as hexadecimal digits, lower case.</summary>
internal static class HexText
{
    /// <summary>A string of two digits a byte.</summary>
    public static Value Of(Scope scope, ReadOnlySpan<byte> bytes)
    {
        var output = scope.Reserve(bytes.Length * 2);
        for (var i = 0; i < bytes.Length; i++)
        {
            output[2 * i] = "0123456789abcdef"u8[bytes[i] >> 4];
            output[(2 * i) + 1] = "0123456789abcdef"u8[bytes[i] & 15];
        }

        return scope.Commit(bytes.Length * 2);
    }
}
