using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudPump.Analyzers.Windows;

/// <summary>
/// Remembers the groups of the texts that came lately, for the usual window over one text: a look here costs less than making the key, hashing it well and finding it.
/// It holds for one table at a time, until <see cref="Forget"/>.
/// </summary>
internal sealed class RecentGroups
{
    private const int Bits = 12;

    // Upper half: under which stamp it was noted. Lower half: the group.
    private readonly long[] _groups = new long[1 << Bits];
    private long _stamp = 1;
    private GroupTable? _table;

    /// <summary>Nothing remembered holds any more.</summary>
    public void Forget() => _stamp++;

    /// <summary>The group of a text in a table; -1 when it is not known here.</summary>
    public int Find(GroupTable table, ReadOnlySpan<byte> text, out int place)
    {
        if (!ReferenceEquals(table, _table))
        {
            _table = table;
            Forget();
        }

        place = Place(text);
        var noted = _groups[place];
        if (noted >> 32 != _stamp)
        {
            return -1;
        }

        // The key is the type, the text, two zeros; only texts without zeros, whose keys look like that, are noted.
        var key = table.Key((int)noted);
        return key.Length == text.Length + GroupKey.TextFrame && key.Slice(1, text.Length).SequenceEqual(text) ? (int)noted : -1;
    }

    /// <summary>Notes the group of a text.</summary>
    public void Note(int place, int group, int keyLength, int textLength)
    {
        if (keyLength == textLength + GroupKey.TextFrame)
        {
            _groups[place] = (_stamp << 32) | (uint)group;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Place(ReadOnlySpan<byte> text)
    {
        const ulong Prime = 0x9E3779B185EBCA87;
        ulong mixed;
        if (text.Length >= 8)
        {
            mixed = (MemoryMarshal.Read<ulong>(text) * Prime) ^ MemoryMarshal.Read<ulong>(text[^8..]);
        }
        else
        {
            mixed = (ulong)text.Length;
            foreach (var b in text)
            {
                mixed = (mixed << 8) | b;
            }
        }

        return (int)((mixed * Prime) >> (64 - Bits));
    }
}
