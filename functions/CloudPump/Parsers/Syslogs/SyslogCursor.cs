using System.Text.Unicode;

namespace CloudPump.Parsers.Syslogs;

/// <summary>Walks along one message that lies in the arena.</summary>
internal ref struct SyslogCursor(ReadOnlySpan<byte> text, int arenaOffset)
{
    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>The next byte, counted from the event's first one.</summary>
    public int Position { get; private set; }

    /// <summary>Where the next byte stands in the arena.</summary>
    public readonly int ArenaPosition => arenaOffset + Position;

    public readonly bool AtEnd => Position >= _text.Length;

    /// <summary>The next byte; -1 at the end.</summary>
    public readonly int Peek => Position < _text.Length ? _text[Position] : -1;

    public readonly ReadOnlySpan<byte> Rest => _text[Position..];

    public void Skip(int count) => Position += count;

    /// <summary>Takes a byte if it is the next one.</summary>
    public bool TryTake(char expected)
    {
        var ok = Peek == expected;
        Position += ok ? 1 : 0;
        return ok;
    }

    /// <summary>A word of printable ASCII that a space or the end follows; it is not taken.</summary>
    /// <param name="most">The most bytes that it may have.</param>
    /// <param name="length">Its length.</param>
    public readonly bool TryWord(int most, out int length)
    {
        var rest = Rest;
        var end = rest.IndexOfAnyExceptInRange((byte)'!', (byte)'~');
        length = end < 0 ? rest.Length : end;
        return length > 0 && length <= most && (end < 0 || rest[end] == ' ');
    }

    /// <summary>A word of UTF-8 without control characters that a space or the end follows; it is not taken.</summary>
    public readonly bool TryLooseWord(int most, out int length)
    {
        var space = Rest.IndexOf((byte)' ');
        length = space < 0 ? Rest.Length : space;
        return length > 0 && length <= most && Utf8.IsValid(Rest[..length]) && Rest[..length].IndexOfAnyInRange((byte)0, (byte)0x1f) < 0;
    }
}
