namespace CloudPump.Parsers.Layouts;

/// <summary>Walks along one record; the first mistake stays, and ends all loops.</summary>
/// <param name="bytes">The record.</param>
/// <param name="arenaOffset">Where it stands in the arena.</param>
/// <param name="registers">What fields told that later ones need.</param>
internal ref struct LayoutReader(ReadOnlySpan<byte> bytes, int arenaOffset, Span<long> registers)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public readonly Span<long> Registers { get; } = registers;

    /// <summary>The next byte.</summary>
    public int Position { get; set; }

    public readonly int ArenaOffset => arenaOffset;

    public readonly int Length => _bytes.Length;

    public string? Error { get; private set; }

    public readonly bool Failed => Error is not null;

    /// <summary>The bytes from a place on; the caller has made sure that they are there.</summary>
    public readonly ReadOnlySpan<byte> Slice(int start, int length) => _bytes.Slice(start, length);

    /// <summary>Takes a field's bytes; false, and a mistake, when there are not so many.</summary>
    public bool TryTake(LayoutItem item, long length, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (Failed || length < 0 || length > _bytes.Length - Position)
        {
            FailBeyond(item, length);
            return false;
        }

        taken = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return true;
    }

    /// <summary>Notes that a field has more bytes than there are.</summary>
    public void FailBeyond(LayoutItem item, long length) => Fail(item, $"goes beyond the end: it has {length} bytes", Position);

    /// <summary>Notes what is wrong with a field.</summary>
    public void Fail(LayoutItem item, string what, int position) => Error ??= $"The field '{item.Path}' at byte {position} {what}.";

    /// <summary>Notes what is wrong at a place.</summary>
    public void Fail(string what) => Error ??= $"{what}, at byte {Position}.";
}
