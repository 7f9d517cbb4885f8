using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Lookups.Tables;

namespace CloudPump.Lookups;

/// <summary>
/// Writes a key as bytes: the text of each part, so that 7 and "7" are one key, and 0x1F between the parts of a composite one. A part with a type is read as that type
/// first: as int, "007" and 7.0 are 7 too.
/// </summary>
internal ref struct LookupKey(Span<byte> room, ReadOnlySpan<FieldType> types)
{
    /// <summary>Stands between the parts.</summary>
    public const byte Separator = 0x1F;

    private const byte Escape = 0x1E;
    private readonly Span<byte> _room = room;
    private readonly ReadOnlySpan<FieldType> _types = types;
    private int _length;
    private int _part;

    /// <summary>The key as written so far.</summary>
    public readonly ReadOnlySpan<byte> Written => _room[.._length];

    /// <summary>Whether it has all its parts.</summary>
    public readonly bool IsWhole => _part == _types.Length;

    private readonly FieldType Type => _part < _types.Length ? _types[_part] : FieldType.Text;

    /// <summary>Appends a part; false when the value is null, missing, a list or an object, not of its type, or the key too long.</summary>
    public bool TryAppend(EventBatch batch, scoped in Slot slot) => slot.Kind switch
    {
        FieldKind.String or FieldKind.PlainString => TryAppend(batch.Text(slot)),
        FieldKind.Int64 or FieldKind.Bool when Type != FieldType.Text || slot.Kind == FieldKind.Int64 => TryAppend(slot.Value),
        FieldKind.Bool => TryWrite(slot.Value != 0 ? "true"u8 : "false"u8),
        FieldKind.Double => TryAppend(slot.AsDouble),
        FieldKind.Timestamp => TryAppendTime(slot.Value, slot.Offset),
        _ => false,
    };

    /// <summary>Appends a part that an expression gives.</summary>
    public bool TryAppend(scoped in Value value) => value.Kind switch
    {
        ValueKind.String => TryAppend(value.Bytes),
        ValueKind.Int => TryAppend(value.AsInt),
        ValueKind.UInt => value.AsUInt <= long.MaxValue && TryAppend(value.AsInt),
        ValueKind.Bool when Type != FieldType.Text => TryAppend(value.AsBool ? 1L : 0),
        ValueKind.Bool => TryWrite(value.AsBool ? "true"u8 : "false"u8),
        ValueKind.Double => TryAppend(value.AsDouble),
        ValueKind.Timestamp => TryAppendTime(value.Ticks, value.Nanos),
        _ => false,
    };

    /// <summary>Appends a part given as text.</summary>
    public bool TryAppend(scoped ReadOnlySpan<byte> text)
    {
        var trimmed = Type == FieldType.Text ? text : text.Trim((byte)' ');
        return Type switch
        {
            FieldType.Text => TryWrite(text),
            FieldType.Int => Utf8Parser.TryParse(trimmed, out long number, out var used) && used == trimmed.Length && TryAppend(number),
            FieldType.Double => Utf8Parser.TryParse(trimmed, out double number, out var used) && used == trimmed.Length && TryAppend(number),
            FieldType.Timestamp => TimestampText.TryParse(trimmed, out var ticks, out var nanos) && TryAppendTime(ticks, nanos),
            _ => trimmed is [(byte)'t' or (byte)'T' or (byte)'1', ..] ? TryAppend(1) : TryAppend(0),
        };
    }

    /// <summary>A key as people read it: its parts with | between them.</summary>
    public static string Text(ReadOnlySpan<byte> key) => Encoding.UTF8.GetString(key).Replace((char)Separator, '|');

    private bool TryAppend(long number)
    {
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, text, out var written);
        return TryWrite(text[..written]);
    }

    private bool TryAppend(double number)
    {
        // Beyond 2^53 not every whole number is a double, so such a double is none.
        if (Math.Floor(number) == number && Math.Abs(number) < 1L << 53)
        {
            return TryAppend((long)number);
        }

        Span<byte> text = stackalloc byte[32];
        return Type != FieldType.Int && number.TryFormat(text, out var written, "R", CultureInfo.InvariantCulture) && TryWrite(text[..written]);
    }

    private bool TryAppendTime(long ticks, int nanos)
    {
        Span<byte> text = stackalloc byte[TimestampText.MaxLength];
        return Type is FieldType.Text or FieldType.Timestamp && TryWrite(text[..TimestampText.Write(text, ticks, nanos)]);
    }

    private bool TryWrite(scoped ReadOnlySpan<byte> text)
    {
        var separated = _part > 0 ? 1 : 0;
        var escapes = text.Count(Separator) + text.Count(Escape);
        if (_length + separated + text.Length + escapes > Math.Min(_room.Length, LookupTable.MaxKey))
        {
            return false;
        }

        _room[_length] = Separator;
        _length += separated;
        _part++;
        if (escapes == 0)
        {
            text.CopyTo(_room[_length..]);
            _length += text.Length;
            return true;
        }

        foreach (var b in text)
        {
            if (b is Separator or Escape)
            {
                _room[_length++] = Escape;
            }

            _room[_length++] = b;
        }

        return true;
    }
}
