using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>`format`: `%s %d %f %e %b %o %x %X %%`, with a precision for `%f` and `%e`.</summary>
internal static class Formatting
{
    private const int MaxPrecision = 100;
    private const int DefaultPrecision = 6;
    private static readonly EvaluationError BadFormat = new("the format has an unknown clause");
    private static readonly EvaluationError TooFewArguments = new("the format has more clauses than there are values");
    private static readonly EvaluationError WrongType = new("a clause of the format does not take a value of this type");

    public static Value Format(Scope scope, in Value format, in Value arguments)
    {
        if (format.Kind != ValueKind.String || arguments.Kind != ValueKind.List)
        {
            return Overload.None;
        }

        var output = new ByteBuffer(format.Bytes.Length + 64);
        var walker = new Walker(arguments);
        var at = 0;
        while (true)
        {
            var next = format.Bytes[at..].IndexOf((byte)'%');
            output.Write(next < 0 ? format.Bytes[at..] : format.Bytes.Slice(at, next));
            if (next < 0)
            {
                return scope.Copy(output.Written);
            }

            at += next + 1;
            if (Clause(scope, format.Bytes, ref at, ref walker, output) is { } error)
            {
                return Value.OfError(error);
            }

            if (!scope.HasRoom(output.Length) || !scope.Spend())
            {
                return Value.OfError(EvaluationError.TooMuchText);
            }
        }
    }

    private static EvaluationError? Clause(Scope scope, ReadOnlySpan<byte> format, ref int at, ref Walker arguments, ByteBuffer output)
    {
        if (at < format.Length && format[at] == '%')
        {
            output.WriteByte((byte)'%');
            at++;
            return null;
        }

        if (!TryPrecision(format, ref at, out var precision) || at >= format.Length || !"sdfeboxX"u8.Contains(format[at]))
        {
            return BadFormat;
        }

        var clause = (char)format[at++];
        if (!arguments.Next(scope, out _, out var value))
        {
            return TooFewArguments;
        }

        return FormatClause.Write(scope, output, clause, precision, value) ? null : WrongType;
    }

    private static bool TryPrecision(ReadOnlySpan<byte> format, ref int at, out int precision)
    {
        precision = DefaultPrecision;
        if (at >= format.Length || format[at] != '.')
        {
            return true;
        }

        precision = 0;
        var start = ++at;
        for (; at < format.Length && format[at] is >= (byte)'0' and <= (byte)'9' && precision <= MaxPrecision; at++)
        {
            precision = (precision * 10) + format[at] - '0';
        }

        return at > start && precision <= MaxPrecision;
    }
}
