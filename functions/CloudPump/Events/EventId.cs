namespace CloudPump.Events;

/// <summary>The deterministic identity of an event: the same event delivered twice has the same id.</summary>
public readonly record struct EventId(string Stream, int Partition, long Offset, int Index)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Stream}/{Partition}/{Offset}/{Index}";

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out EventId id)
    {
        id = default;
        var index = text.LastIndexOf('/');
        var offset = index > 0 ? text.LastIndexOf('/', index - 1) : -1;
        var partition = offset > 0 ? text.LastIndexOf('/', offset - 1) : -1;
        if (partition < 0
            || !int.TryParse(text.AsSpan(index + 1), out var i)
            || !long.TryParse(text.AsSpan(offset + 1, index - offset - 1), out var o)
            || !int.TryParse(text.AsSpan(partition + 1, offset - partition - 1), out var p))
        {
            return false;
        }

        id = new EventId(text[..partition], p, o, i);
        return true;
    }
}
