using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CloudPump.Events;

/// <summary>
/// Writes events as JSON objects straight from their slots: fields in the order they were set, timestamps as RFC 3339 UTC, bytes as base64; never a line end.
/// An event that no parser has touched is written as {"message": its original text}.
/// </summary>
public sealed class EventJsonWriter
{
    private readonly byte[] _time = new byte[TimestampText.MaxLength];
    private long _timeTicks = -1;
    private int _timeLength;

    /// <summary>Writes one event.</summary>
    public void Write(ByteBuffer output, EventBatch batch, int row)
    {
        output.WriteByte((byte)'{');
        var ids = batch.FieldIds(row);
        var slots = batch.Slots(row);
        if (batch.IsRaw(row))
        {
            output.Write("\"message\":"u8);
            JsonText.WriteUntrusted(output, batch.Raw(row));
        }

        for (var i = 0; i < ids.Length; i++)
        {
            WriteName(output, batch.Fields.JsonPrefix(ids[i]), first: i == 0);
            ref readonly var slot = ref slots[i];
            if (slot.Kind == FieldKind.PlainString)
            {
                WritePlain(output, batch.Text(slot));
            }
            else
            {
                WriteValue(output, batch, slot);
            }
        }

        output.WriteByte((byte)'}');
    }

    /// <summary>Writes one field's value as JSON.</summary>
    public void WriteValue(ByteBuffer output, EventBatch batch, in Slot slot)
    {
        switch (slot.Kind)
        {
            case FieldKind.PlainString:
                WritePlain(output, batch.Text(slot));
                break;
            case FieldKind.String:
                JsonText.WriteString(output, batch.Text(slot));
                break;
            case FieldKind.List or FieldKind.Object:
                WriteNested(output, batch.Text(slot));
                break;
            case FieldKind.Number:
            case FieldKind.Int64 or FieldKind.Double when slot.Length > 0:
                output.Write(batch.Text(slot));
                break;
            case FieldKind.Int64:
                WriteInt64(output, slot.Value);
                break;
            case FieldKind.Double:
                WriteDouble(output, slot.AsDouble);
                break;
            case FieldKind.Bool:
                output.Write(slot.Value != 0 ? "true"u8 : "false"u8);
                break;
            case FieldKind.Timestamp:
                WriteTimestamp(output, slot);
                break;
            case FieldKind.Bytes:
                WriteBase64(output, batch.Text(slot));
                break;
            default:
                output.Write("null"u8);
                break;
        }
    }

    /// <summary>Writes an integer.</summary>
    public static void WriteInt64(ByteBuffer output, long value)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(20), out var written);
        output.Advance(written);
    }

    /// <summary>Writes the shortest text that reads back as the same double; NaN and the infinities as strings.</summary>
    public static void WriteDouble(ByteBuffer output, double value)
    {
        if (!double.IsFinite(value))
        {
            output.Write(double.IsNaN(value) ? "\"NaN\""u8 : value > 0 ? "\"Infinity\""u8 : "\"-Infinity\""u8);
            return;
        }

        var text = output.GetSpan(34);
        value.TryFormat(text, out var written, "R", CultureInfo.InvariantCulture);
        output.Advance(written);
        if (text[..written].IndexOfAny((byte)'.', (byte)'E') < 0)
        {
            // A whole double keeps its type: it must not be read back as an integer.
            output.Write(".0"u8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteName(ByteBuffer output, ReadOnlySpan<byte> prefix, bool first)
    {
        ref var target = ref MemoryMarshal.GetReference(output.GetSpan(prefix.Length + FieldTable.Slack + 1));
        if (!first)
        {
            target = (byte)',';
            target = ref Unsafe.Add(ref target, 1);
        }

        // Names are short: one vector holds most of them, and both sides have room for a whole one.
        ref var source = ref MemoryMarshal.GetReference(prefix);
        Vector256.LoadUnsafe(ref source).StoreUnsafe(ref target);
        if (prefix.Length > FieldTable.Slack)
        {
            prefix[FieldTable.Slack..].CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, FieldTable.Slack), prefix.Length - FieldTable.Slack));
        }

        output.Advance(prefix.Length + (first ? 0 : 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WritePlain(ByteBuffer output, ReadOnlySpan<byte> text)
    {
        ref var target = ref MemoryMarshal.GetReference(output.GetSpan(text.Length + 2));
        target = (byte)'"';
        text.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, 1), text.Length));
        Unsafe.Add(ref target, text.Length + 1) = (byte)'"';
        output.Advance(text.Length + 2);
    }

    // What came from a document of several lines has its line ends still, and an event is one line. In valid JSON they stand between tokens only.
    private static void WriteNested(ByteBuffer output, ReadOnlySpan<byte> json)
    {
        if (json.IndexOfAny((byte)'\n', (byte)'\r') < 0)
        {
            output.Write(json);
            return;
        }

        var line = output.GetSpan(json.Length)[..json.Length];
        json.Replace(line, (byte)'\n', (byte)' ');
        line.Replace((byte)'\r', (byte)' ');
        output.Advance(json.Length);
    }

    private static void WriteBase64(ByteBuffer output, ReadOnlySpan<byte> bytes)
    {
        output.WriteByte((byte)'"');
        Base64.EncodeToUtf8(bytes, output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var written);
        output.Advance(written);
        output.WriteByte((byte)'"');
    }

    private void WriteTimestamp(ByteBuffer output, in Slot slot)
    {
        // Neighbouring events of a log often share the second, so the last text is kept.
        if (slot.Value != _timeTicks || slot.Offset != 0)
        {
            _timeLength = TimestampText.Write(_time, slot.Value, slot.Offset);
            _timeTicks = slot.Offset == 0 ? slot.Value : -1;
        }

        WritePlain(output, _time.AsSpan(0, _timeLength));
    }
}
