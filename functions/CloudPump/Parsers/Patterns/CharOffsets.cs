namespace CloudPump.Parsers.Patterns;

/// <summary>Where each UTF-16 unit of a text begins in its UTF-8. Both halves of a surrogate pair begin where the character does, so that no cut goes through one.</summary>
internal sealed class CharOffsets
{
    private int[] _offsets = new int[256];

    /// <summary>Maps a text.</summary>
    public void Map(ReadOnlySpan<char> text)
    {
        if (_offsets.Length <= text.Length)
        {
            _offsets = new int[Math.Max(text.Length + 1, _offsets.Length * 2)];
        }

        var at = 0;
        for (var i = 0; i < text.Length; i++)
        {
            _offsets[i] = at;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length)
            {
                _offsets[++i] = at;
                at += 4;
            }
            else
            {
                at += text[i] < 0x80 ? 1 : text[i] < 0x800 ? 2 : 3;
            }
        }

        _offsets[text.Length] = at;
    }

    /// <summary>The byte of a unit.</summary>
    public int this[int index] => _offsets[index];
}
