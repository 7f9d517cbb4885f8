using System.Buffers;

namespace CloudPump.Parsers.KeyValues;

/// <summary>Finds the separators of pairs. White space between pairs is a run of spaces, tabs and line ends.</summary>
internal sealed class PairSeparators(byte[]? pair, byte[] keyValue)
{
    private readonly SearchValues<byte> _first = SearchValues.Create([keyValue[0], .. pair is null ? WhiteSpace : pair.AsSpan(0, 1)]);
    private readonly SearchValues<byte> _firstOfPair = SearchValues.Create(pair is null ? WhiteSpace : pair.AsSpan(0, 1));

    /// <summary>What counts as white space.</summary>
    public static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    /// <summary>Length of the separator between key and value at the beginning of the text; 0 when there is none.</summary>
    public int KeyValueAt(ReadOnlySpan<byte> text) => text.StartsWith(keyValue) ? keyValue.Length : 0;

    /// <summary>Length of the separator between pairs at the beginning of the text; 0 when there is none.</summary>
    public int PairAt(ReadOnlySpan<byte> text)
    {
        if (pair is not null)
        {
            return text.StartsWith(pair) ? pair.Length : 0;
        }

        var other = text.IndexOfAnyExcept(WhiteSpace);
        return other < 0 ? text.Length : other;
    }

    /// <summary>Where a key without quotes ends: before the next separator of either kind.</summary>
    public int EndOfKey(ReadOnlySpan<byte> text) => End(text, _first, either: true);

    /// <summary>Where a value without quotes ends.</summary>
    public int EndOfValue(ReadOnlySpan<byte> text) => End(text, _firstOfPair, either: false);

    /// <summary>White space that does not count: around keys and values, where something else separates the pairs.</summary>
    public int Blank(ReadOnlySpan<byte> text)
    {
        if (pair is null)
        {
            return 0;
        }

        // Where a tab or a line end separates, it is no blank.
        var length = 0;
        while (length < text.Length && WhiteSpace.Contains(text[length]) && PairAt(text[length..]) == 0)
        {
            length++;
        }

        return length;
    }

    /// <summary>The length without the white space at the end that does not count.</summary>
    public int Trimmed(ReadOnlySpan<byte> text) => pair is null ? text.Length : text.TrimEnd(WhiteSpace).Length;

    private int End(ReadOnlySpan<byte> text, SearchValues<byte> first, bool either)
    {
        var end = 0;
        while (true)
        {
            var next = text[end..].IndexOfAny(first);
            if (next < 0)
            {
                return text.Length;
            }

            end += next;
            if (pair is null && (!either || text[end] != keyValue[0]))
            {
                return end;
            }

            if (PairAt(text[end..]) > 0 || (either && KeyValueAt(text[end..]) > 0))
            {
                return end;
            }

            end++;
        }
    }
}
