using System.Buffers;
using System.Buffers.Text;
using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>base64, quoting and `format`.</summary>
internal static class EncodingFunctions
{
    private static readonly EvaluationError BadBase64 = new("the text is not base64");

    public static IEnumerable<Overload> All =>
    [
        Overload.Of("base64.encode", false, Encode),
        Overload.Of("base64.decode", false, Decode),
        Overload.Of("strings.quote", false, Quote),
        Overload.Of("format", true, Formatting.Format),
    ];

    private static Value Encode(Scope scope, in Value a)
    {
        if (a.Kind != ValueKind.Bytes)
        {
            return Overload.None;
        }

        var length = Base64.GetMaxEncodedToUtf8Length(a.Bytes.Length);
        if (!scope.HasRoom(length))
        {
            return Value.OfError(EvaluationError.TooMuchText);
        }

        var output = scope.Reserve(length);
        Base64.EncodeToUtf8(a.Bytes, output, out _, out var written);
        return scope.Commit(written);
    }

    private static Value Decode(Scope scope, in Value a)
    {
        if (a.Kind != ValueKind.String)
        {
            return Overload.None;
        }

        // The padding may be left out.
        var padded = new ByteBuffer(a.Bytes.Length + 4);
        padded.Write(a.Bytes);
        padded.Write("==="u8[..((4 - (a.Bytes.Length % 4)) % 4)]);
        if (!scope.HasRoom(padded.Length))
        {
            return Value.OfError(EvaluationError.TooMuchText);
        }

        var status = Base64.DecodeFromUtf8(padded.Written, scope.Reserve(padded.Length), out _, out var written);
        return status == OperationStatus.Done ? scope.Commit(written, ValueKind.Bytes) : Value.OfError(BadBase64);
    }

    private static Value Quote(Scope scope, in Value a)
    {
        if (a.Kind != ValueKind.String)
        {
            return Overload.None;
        }

        var output = new ByteBuffer(a.Bytes.Length + 16);
        output.WriteByte((byte)'"');
        foreach (var b in System.Text.Unicode.Utf8.IsValid(a.Bytes) ? a.Bytes : Repaired(a.Bytes))
        {
            var special = "\a\b\f\n\r\t\v\\\""u8.IndexOf(b);
            if (special >= 0)
            {
                output.WriteByte((byte)'\\');
            }

            output.WriteByte(special >= 0 ? "abfnrtv\\\""u8[special] : b);
        }

        output.WriteByte((byte)'"');
        return scope.Copy(output.Written);
    }

    private static byte[] Repaired(ReadOnlySpan<byte> text) => System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(text));
}
