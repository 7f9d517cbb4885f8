using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers;

/// <summary>Reads an event's key: the bytes of its dimensions.</summary>
internal sealed class KeyReader(IEnumerable<Dimension> by, FieldTable fields)
{
    private readonly EventInput[] _dimensions = [.. by.Select(d => new EventInput(d.Expression.Compile(fields)))];
    private readonly ByteBuffer _key = new(256);

    /// <summary>The key that was read last.</summary>
    public ReadOnlySpan<byte> Key => _key.Written;

    /// <summary>Whether the key is a single text, and which.</summary>
    public bool IsText(EventBatch batch, int row, out ReadOnlySpan<byte> text)
    {
        var slot = _dimensions.Length == 1 ? _dimensions[0].Slot(batch, row) : default;
        text = slot.IsText ? batch.Bytes(slot.Offset, slot.Length) : default;
        return slot.IsText;
    }

    /// <summary>Reads the key of an event; false, and the event fails, when a dimension cannot be told.</summary>
    public bool TryRead(EventBatch batch, int row)
    {
        _key.Clear();
        for (var d = 0; d < _dimensions.Length; d++)
        {
            var slot = _dimensions[d].Slot(batch, row);
            if (slot.IsText)
            {
                GroupKey.AppendText(_key, batch.Text(slot));
            }
            else if (!TryAppend(ref _dimensions[d], batch, row))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAppend(ref EventInput dimension, EventBatch batch, int row)
    {
        var value = dimension.Evaluate(batch, row);
        if (value.IsError && !value.IsMissing)
        {
            batch.Fail(row, $"A dimension of the analyzer cannot be told: {value.Reason}");
            return false;
        }

        GroupKey.Append(_key, value);
        return true;
    }
}
