using System.Globalization;
using CloudPump.Pipelines;

namespace CloudPump.Parsers.Layouts;

/// <summary>Checks the options of single fields against their types.</summary>
internal sealed class LayoutChecks(List<Diagnostic> diagnostics)
{
    private const int MostBytes = 1 << 20;

    public void Error(LayoutField field, string option, string message) => diagnostics.Add(new Diagnostic(field.LocationOf(option), message));

    /// <summary>The length that a type has by itself; -1 when it must be told, or reaches to the end.</summary>
    public static int UsualLength(LayoutField field) => field.Type switch
    {
        LayoutType.Ipv4 => 4,
        LayoutType.Ipv6 => 16,
        LayoutType.Plmn => 3,
        LayoutType.Timestamp when field.Unit == LayoutUnit.Ntp => 8,
        _ => -1,
    };

    /// <summary>Reports what is wrong with a field.</summary>
    public void Check(LayoutField field, LayoutEncoding encoding)
    {
        var isGroup = field.Type == LayoutType.Group;
        Only(field, isGroup, "a group", "fields", "count", "until_end", "encoding");
        Only(field, field.Type == LayoutType.Bits, "type bits", "bits");
        Only(field, field.Type == LayoutType.Timestamp, "type timestamp", "unit");
        Only(field, field.Type is LayoutType.Uint or LayoutType.Int, "types uint and int", "values", "label");
        Only(field, encoding == LayoutEncoding.Tlv, "tlv", "tag", "required", "repeated");
        Only(field, encoding == LayoutEncoding.Fixed, "fixed layouts", "offset", "length_from", "when", "keeps_room");
        if (encoding == LayoutEncoding.Tlv && field.Tag is null)
        {
            Error(field, "name", $"The field '{field.Name}' needs a tag.");
        }

        if ((field.Count is not null && field.UntilEnd) || (field.IsList && field.Repeated) || (field.Length is not null && field.LengthFrom is not null))
        {
            Error(field, "name", "Of count, until_end and repeated, and of length and length_from, a field takes one.");
        }

        if (field.Offset is < 0 or > MostBytes)
        {
            Error(field, "offset", $"'offset' takes 0 to {MostBytes}.");
        }

        if (field.Label is not null && field.Values.Count == 0)
        {
            Error(field, "label", "'label' is the field for the names in 'values', and there are none.");
        }

        Length(field, encoding);
    }

    private void Length(LayoutField field, LayoutEncoding encoding)
    {
        var (least, most) = field.Type switch
        {
            LayoutType.Uint or LayoutType.Int or LayoutType.Bits => (1, 8),
            LayoutType.Timestamp when field.Unit == LayoutUnit.Bcd => (6, 9),
            LayoutType.Timestamp => (field.Unit == LayoutUnit.Ntp ? 8 : 1, 8),
            LayoutType.Ipv4 or LayoutType.Ipv6 or LayoutType.Plmn => (UsualLength(field), UsualLength(field)),
            _ => (0, MostBytes),
        };
        if (field.Length is { } length && (length < least || length > most))
        {
            Error(field, "length", $"A field of type {field.Type.ToString().ToLowerInvariant()} takes a length of {least}{(least == most ? "" : $" to {most}")}.");
        }

        var reachesToEnd = field.Type is LayoutType.Ascii or LayoutType.Utf8 or LayoutType.Hex or LayoutType.Bytes or LayoutType.Group;
        if (encoding == LayoutEncoding.Fixed && field.Length is null && field.LengthFrom is null && UsualLength(field) < 0 && !reachesToEnd)
        {
            Error(field, "name", $"The field '{field.Name}' needs a length.");
        }
    }

    /// <summary>The values that have names.</summary>
    public Dictionary<long, string> Values(LayoutField field)
    {
        var values = new Dictionary<long, string>();
        foreach (var (text, name) in field.Values)
        {
            if (!TryNumber(text, out var value) || !values.TryAdd(value, name))
            {
                Error(field, "values", $"'{text}' is no number, or stands there for the second time.");
            }
        }

        return values;
    }

    /// <summary>The named bits.</summary>
    public List<LayoutBits> Bits(LayoutField field)
    {
        var bits = new List<LayoutBits>();
        foreach (var (name, text) in field.Bits)
        {
            var dash = text.IndexOf('-');
            if (int.TryParse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                && int.TryParse(dash < 0 ? text : text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                && last >= first && last < 8 * (field.Length ?? 8) && last - first < 63)
            {
                bits.Add(new LayoutBits(name, LayoutJson.Prefix(name), first, last - first + 1));
            }
            else
            {
                Error(field, "bits", $"'{text}' is no bit, or range of bits such as 4-6, of a field of {field.Length ?? 8} bytes; the lowest bit is 0.");
            }
        }

        if (field.Type == LayoutType.Bits && field.Bits.Count == 0)
        {
            Error(field, "name", $"The field '{field.Name}' needs the names of its bits.");
        }

        return bits;
    }

    /// <summary>Reads a number, decimal or hexadecimal.</summary>
    public static bool TryNumber(string text, out long number) => text.StartsWith("0x", StringComparison.Ordinal)
        ? long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private void Only(LayoutField field, bool allowed, string where, params ReadOnlySpan<string> options)
    {
        foreach (var option in options)
        {
            if (!allowed && field.Has(option))
            {
                Error(field, option, $"'{option}' is for {where} only.");
            }
        }
    }
}
