using System.Buffers.Text;
using System.Text;

namespace CloudPump.Expressions;

/// <summary>The text that a JSON string with escapes stands for.</summary>
internal static class JsonUnescape
{
    /// <summary>Writes the text to the scope's scratch; <paramref name="written"/> is what stands between the quotes.</summary>
    public static Value Decode(ReadOnlySpan<byte> written, Scope scope)
    {
        var output = scope.Reserve(written.Length);
        var length = 0;
        while (!written.IsEmpty)
        {
            var escape = written.IndexOf((byte)'\\');
            var plain = escape < 0 ? written : written[..escape];
            plain.CopyTo(output[length..]);
            length += plain.Length;
            written = written[plain.Length..];
            if (written.Length >= 2)
            {
                length += Escape(ref written, output[length..]);
            }
            else
            {
                break;
            }
        }

        return scope.Commit(length);
    }

    private static int Escape(ref ReadOnlySpan<byte> rest, Span<byte> output)
    {
        var kind = rest[1];
        if (kind == 'u')
        {
            return Unicode(ref rest, output);
        }

        rest = rest[2..];
        output[0] = kind switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            _ => kind,
        };
        return 1;
    }

    private static int Unicode(ref ReadOnlySpan<byte> rest, Span<byte> output)
    {
        var high = Hex(rest);
        rest = rest[Math.Min(6, rest.Length)..];
        if (char.IsHighSurrogate(high) && rest.Length >= 6 && rest[0] == '\\' && rest[1] == 'u' && char.IsLowSurrogate(Hex(rest)))
        {
            var rune = new Rune(high, Hex(rest));
            rest = rest[6..];
            return rune.EncodeToUtf8(output);
        }

        return (Rune.TryCreate(high, out var single) ? single : Rune.ReplacementChar).EncodeToUtf8(output);
    }

    private static char Hex(ReadOnlySpan<byte> escape) =>
        escape.Length >= 6 && Utf8Parser.TryParse(escape[2..6], out ushort code, out var used, 'x') && used == 4 ? (char)code : '\ufffd';
}
