using System.Buffers.Text;
using System.Text.Unicode;
using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>Conversions between the types.</summary>
internal static class ConversionFunctions
{
    private static readonly EvaluationError NotConvertible = new("the text cannot be converted");

    public static IEnumerable<Overload> All =>
    [
        Overload.Of("int", false, ToInt),
        Overload.Of("uint", false, ToUInt),
        Overload.Of("double", false, ToDouble),
        Overload.Of("string", false, ToText),
        Overload.Of("bytes", false, ToBytes),
        Overload.Of("bool", false, ToBool),
        Overload.Of("timestamp", false, ToTimestamp),
        Overload.Of("duration", false, ToDuration),
    ];

    private static Value Overflow => Value.OfError(EvaluationError.Overflow);

    private static Value Bad => Value.OfError(NotConvertible);

    /// <summary>What `string(value)` yields.</summary>
    public static Value ToText(Scope scope, in Value a)
    {
        Span<byte> buffer = stackalloc byte[40];
        int length;
        switch (a.Kind)
        {
            case ValueKind.String:
                return a;
            case ValueKind.Bytes:
                return Utf8.IsValid(a.Bytes) ? scope.Copy(a.Bytes) : Bad;
            case ValueKind.Bool:
                return scope.Copy(a.AsBool ? "true"u8 : "false"u8);
            case ValueKind.Int:
                Utf8Formatter.TryFormat(a.AsInt, buffer, out length);
                break;
            case ValueKind.UInt:
                Utf8Formatter.TryFormat(a.AsUInt, buffer, out length);
                break;
            case ValueKind.Double:
                length = NumberText.Write(buffer, a.AsDouble);
                break;
            case ValueKind.Timestamp:
                length = TimestampText.Write(buffer, a.Ticks, a.Nanos);
                break;
            case ValueKind.Duration:
                length = DurationText.Write(buffer, a.DurationNanos);
                break;
            default:
                return Overload.None;
        }

        return scope.Copy(buffer[..length]);
    }

    private static Value ToInt(Scope scope, in Value a)
    {
        switch (a.Kind)
        {
            case ValueKind.Int:
                return a;
            case ValueKind.UInt:
                return a.AsInt >= 0 ? Value.Of(a.AsInt) : Overflow;
            case ValueKind.Double:
                // The bounds themselves are excluded: near them a double does not say which integer is meant.
                return a.AsDouble is > -9223372036854775808.0 and < 9223372036854775808.0 ? Value.Of((long)a.AsDouble) : Overflow;
            case ValueKind.String:
                var text = a.Bytes;
                return Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length ? Value.Of(number) : Bad;
            case ValueKind.Timestamp:
                return Value.Of((a.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond
                    - ((a.Ticks - DateTime.UnixEpoch.Ticks) % TimeSpan.TicksPerSecond < 0 ? 1 : 0));
            default:
                return Overload.None;
        }
    }

    private static Value ToUInt(Scope scope, in Value a)
    {
        switch (a.Kind)
        {
            case ValueKind.UInt:
                return a;
            case ValueKind.Int:
                return a.AsInt >= 0 ? Value.Of(a.AsUInt) : Overflow;
            case ValueKind.Double:
                return a.AsDouble is > -1.0 and < 18446744073709551616.0 ? Value.Of((ulong)a.AsDouble) : Overflow;
            case ValueKind.String:
                var text = a.Bytes;
                return Utf8Parser.TryParse(text, out ulong number, out var used) && used == text.Length ? Value.Of(number) : Bad;
            default:
                return Overload.None;
        }
    }

    private static Value ToDouble(Scope scope, in Value a) => a.Kind switch
    {
        ValueKind.Double => a,
        ValueKind.Int => Value.Of((double)a.AsInt),
        ValueKind.UInt => Value.Of((double)a.AsUInt),
        ValueKind.String => double.TryParse(
            a.Bytes, System.Globalization.NumberStyles.Float & ~System.Globalization.NumberStyles.AllowLeadingWhite
                & ~System.Globalization.NumberStyles.AllowTrailingWhite, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? Value.Of(number) : Bad,
        _ => Overload.None,
    };

    private static Value ToBytes(Scope scope, in Value a) => a.Kind switch
    {
        ValueKind.Bytes => a,
        ValueKind.String => new Value(ValueKind.Bytes, a.TextOffset, a.TextLength, a.Reference),
        _ => Overload.None,
    };

    private static Value ToBool(Scope scope, in Value a)
    {
        if (a.Kind != ValueKind.String)
        {
            return a.Kind == ValueKind.Bool ? a : Overload.None;
        }

        var text = a.Bytes;
        if (text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8)
            || text.SequenceEqual("t"u8) || text.SequenceEqual("T"u8) || text.SequenceEqual("1"u8))
        {
            return Value.Of(true);
        }

        return text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8)
            || text.SequenceEqual("f"u8) || text.SequenceEqual("F"u8) || text.SequenceEqual("0"u8) ? Value.Of(false) : Bad;
    }

    private static Value ToTimestamp(Scope scope, in Value a)
    {
        switch (a.Kind)
        {
            case ValueKind.Timestamp:
                return a;
            case ValueKind.Int:
                return TimeMath.Timestamp(((Int128)a.AsInt * 1_000_000_000) + ((Int128)DateTime.UnixEpoch.Ticks * 100));
            case ValueKind.String:
                return TimestampText.TryParse(a.Bytes, out var ticks, out var nanos) ? Value.OfTimestamp(ticks, nanos) : Bad;
            default:
                return Overload.None;
        }
    }

    private static Value ToDuration(Scope scope, in Value a) => a.Kind switch
    {
        ValueKind.Duration => a,
        ValueKind.Int => Value.OfDuration(a.AsInt),
        ValueKind.String => DurationText.TryParse(a.Bytes, out var nanos) ? Value.OfDuration(nanos) : Bad,
        _ => Overload.None,
    };
}
