using System.Globalization;
using System.Text;
using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>One value of `format`.</summary>
internal static class FormatClause
{
    private const int MaxDepth = 64;

    /// <summary>Writes a value; false when the clause does not take its type.</summary>
    public static bool Write(Scope scope, ByteBuffer output, char clause, int precision, in Value value)
    {
        if (clause == 's')
        {
            return WriteText(scope, output, value, 0);
        }

        var text = clause switch
        {
            'd' => Decimal(value),
            'f' or 'e' => Floating(value, precision, clause == 'e'),
            'x' or 'X' => Hexadecimal(value, clause),
            'b' when value.Kind == ValueKind.Bool => value.AsBool ? "1" : "0",
            _ => InRadix(value, clause == 'b' ? 'b' : 'o'),
        };
        output.Write(Encoding.UTF8.GetBytes(text ?? ""));
        return text is not null;
    }

    private static bool WriteText(Scope scope, ByteBuffer output, in Value value, int depth)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                output.Write("null"u8);
                return true;
            case ValueKind.Type:
                output.Write(Encoding.ASCII.GetBytes(TypeNames.Of((ValueKind)value.AsInt)));
                return true;
            case ValueKind.Bytes:
                output.Write(value.Bytes);
                return true;
            case ValueKind.List or ValueKind.Map:
                return depth < MaxDepth && WriteContainer(scope, output, value, depth + 1);
            default:
                var text = ConversionFunctions.ToText(scope, value);
                output.Write(text.Bytes);
                return !text.IsError;
        }
    }

    private static bool WriteContainer(Scope scope, ByteBuffer output, in Value value, int depth)
    {
        var isMap = value.Kind == ValueKind.Map;
        var parts = new List<string>();
        for (var walker = new Walker(value); walker.Next(scope, out var key, out var item);)
        {
            var part = new ByteBuffer(64);
            if ((isMap && !WriteText(scope, part, key, depth)) || !scope.Spend())
            {
                return false;
            }

            part.Write(isMap ? ": "u8 : default);
            if (!WriteText(scope, part, item, depth))
            {
                return false;
            }

            parts.Add(Encoding.UTF8.GetString(part.Written));
        }

        if (isMap)
        {
            parts.Sort(StringComparer.Ordinal);
        }

        output.Write(Encoding.UTF8.GetBytes(isMap ? $"{{{string.Join(", ", parts)}}}" : $"[{string.Join(", ", parts)}]"));
        return true;
    }

    private static string? Decimal(in Value value) => value.Kind switch
    {
        ValueKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
        ValueKind.UInt => value.AsUInt.ToString(CultureInfo.InvariantCulture),
        ValueKind.Double when !double.IsFinite(value.AsDouble) => value.AsDouble.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string? Floating(in Value value, int precision, bool isScientific)
    {
        double? number = value.Kind switch
        {
            ValueKind.Double => value.AsDouble,
            ValueKind.Int => value.AsInt,
            ValueKind.UInt => value.AsUInt,
            _ => null,
        };
        if (number is not { } n)
        {
            return null;
        }

        if (!double.IsFinite(n))
        {
            return n.ToString(CultureInfo.InvariantCulture);
        }

        return isScientific ? Scientific(n, precision) : Fixed(n, precision);
    }

    private static string Scientific(double number, int precision)
    {
        var text = number.ToString("E" + precision, CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E');
        var exponent = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return $"{text.AsSpan(0, mark)}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    // A number exactly in the middle goes to the even digit; .NET's own format goes away from zero.
    private static string Fixed(double number, int precision)
    {
        const int MoreDigits = 60;
        var exact = number.ToString("F" + (precision + MoreDigits), CultureInfo.InvariantCulture);
        var beyond = exact.AsSpan(exact.Length - MoreDigits);
        var kept = exact[..^MoreDigits].TrimEnd('.');
        var isTie = beyond[0] == '5' && beyond[1..].IndexOfAnyExcept('0') < 0;
        return isTie && (kept[^1] - '0') % 2 == 0 ? kept : number.ToString("F" + precision, CultureInfo.InvariantCulture);
    }

    private static string? Hexadecimal(in Value value, char clause)
    {
        var text = value.Kind is ValueKind.String or ValueKind.Bytes ? Convert.ToHexStringLower(value.Bytes) : InRadix(value, 'x');
        return clause == 'X' ? text?.ToUpperInvariant() : text;
    }

    private static string? InRadix(in Value value, char radix)
    {
        if (value.Kind is not (ValueKind.Int or ValueKind.UInt))
        {
            return null;
        }

        var isNegative = value.Kind == ValueKind.Int && value.AsInt < 0;
        var magnitude = isNegative ? 0UL - value.AsUInt : value.AsUInt;
        var digits = radix switch
        {
            'x' => magnitude.ToString("x", CultureInfo.InvariantCulture),
            'b' => magnitude.ToString("b", CultureInfo.InvariantCulture),
            _ => Octal(magnitude),
        };
        return isNegative ? "-" + digits : digits;
    }

    private static string Octal(ulong magnitude)
    {
        var digits = new StringBuilder();
        for (; magnitude >= 8; magnitude >>= 3)
        {
            digits.Insert(0, (char)('0' + (int)(magnitude & 7)));
        }

        return digits.Insert(0, (char)('0' + (int)magnitude)).ToString();
    }
}
