using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

/// <summary>Values as the conformance suite writes them.</summary>
internal static class ConformanceValue
{
    public static Value Read(JsonElement tagged)
    {
        var tag = tagged.EnumerateObject().Single();
        var text = tag.Value.ValueKind == JsonValueKind.String ? tag.Value.GetString()! : "";
        return tag.Name switch
        {
            "null" => Value.Null,
            "bool" => Value.Of(tag.Value.GetBoolean()),
            "int" => Value.Of(long.Parse(text, CultureInfo.InvariantCulture)),
            "uint" => Value.Of(ulong.Parse(text, CultureInfo.InvariantCulture)),
            "double" => Value.Of(double.Parse(text, CultureInfo.InvariantCulture)),
            "string" => Value.Of(text),
            "bytes_base64" => Value.OfBytes(Convert.FromBase64String(text)),
            "list" => Value.OfList([.. tag.Value.EnumerateArray().Select(Read)]),
            "map" => Map(tag.Value),
            "type" => Type(text),
            "duration" => DurationText.TryParse(Encoding.UTF8.GetBytes(text), out var nanos) ? Value.OfDuration(nanos) : throw new NotSupportedException(text),
            "timestamp" => TimestampText.TryParse(Encoding.UTF8.GetBytes(text), out var ticks, out var rest) ? Value.OfTimestamp(ticks, rest) : throw new NotSupportedException(text),
            _ => throw new NotSupportedException(tag.Name),
        };
    }

    /// <summary>A string or bytes in which escapes (\u0100, \U0001f62c, \?) stand that should have been resolved.</summary>
    public static Value Repaired(JsonElement tagged)
    {
        var damaged = Read(tagged);
        var text = Regex.Replace(
            Encoding.UTF8.GetString(damaged.Bytes),
            @"\\(?:u(?<code>[0-9a-f]{4})|U(?<code>[0-9a-f]{8})|\?)",
            m => !m.Groups["code"].Success ? "?" : char.ConvertFromUtf32(int.Parse(m.Groups["code"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
            RegexOptions.None,
            TimeSpan.FromSeconds(1));
        return damaged.Kind == ValueKind.Bytes ? Value.OfBytes(Encoding.UTF8.GetBytes(text)) : Value.Of(text);
    }

    /// <summary>A text that is the same for values that are the same in type and content; entries of maps are sorted.</summary>
    public static string Show(in Value value)
    {
        if (value.Kind is not (ValueKind.List or ValueKind.Map))
        {
            return value.Kind == ValueKind.Bytes ? "Bytes " + Convert.ToHexString(value.Bytes) : $"{value.Kind} {value}";
        }

        var items = new List<string>();
        var scope = new Scope(0);
        for (var walker = new Walker(value); walker.Next(scope, out var key, out var item);)
        {
            items.Add(value.Kind == ValueKind.Map ? $"{Show(key)}: {Show(item)}" : Show(item));
        }

        if (value.Kind == ValueKind.Map)
        {
            items.Sort(StringComparer.Ordinal);
        }

        return $"{value.Kind}({string.Join(", ", items)})";
    }

    private static Value Map(JsonElement pairs)
    {
        var keys = pairs.EnumerateArray().Select(p => Read(p[0])).ToArray();
        var values = pairs.EnumerateArray().Select(p => Read(p[1])).ToArray();
        return Value.OfMap(new MapValue(keys, values, keys.Length));
    }

    private static Value Type(string name) =>
        TypeNames.TryGet(name, out var kind) ? Value.OfType(kind) : throw new NotSupportedException($"There is no type {name}.");
}
