namespace CloudPump.Events;

/// <summary>The deterministic identity of an event: the same event delivered twice has the same id.</summary>
public readonly record struct EventId(string Stream, int Partition, long Offset, long Index)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Stream}/{Partition}/{Offset}/{Index}";

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is no event id.</exception>
    public static EventId Parse(string text)
    {
        // From the right: the stream's name may hold slashes itself.
        var index = text.LastIndexOf('/');
        var offset = index > 0 ? text.LastIndexOf('/', index - 1) : -1;
        var partition = offset > 0 ? text.LastIndexOf('/', offset - 1) : -1;
        return partition < 0
            ? throw new FormatException("An event id has the form STREAM/PARTITION/OFFSET/INDEX.")
            : new EventId(
                text[..partition],
                int.Parse(text.AsSpan(partition + 1, offset - partition - 1)),
                long.Parse(text.AsSpan(offset + 1, index - offset - 1)),
                long.Parse(text.AsSpan(index + 1)));
    }
}
