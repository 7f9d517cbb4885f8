using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudPump.Analyzers.Windows;

/// <summary>
/// Remembers the groups of the texts that came lately, for the usual window over one text: a look here costs less than making the key, hashing it well and finding it.
/// It holds for one table at a time, until <see cref="Forget"/>.
/// </summary>
internal sealed class RecentGroups
{
    private const int Bits = 13;
    private readonly Entry[] _entries = new Entry[1 << Bits];
    private GroupTable? _table;
    private int _stamp = 1;

    /// <summary>Nothing remembered holds any more.</summary>
    public void Forget() => _stamp++;

    /// <summary>The group of a text in a table; -1 when it is not known here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(GroupTable table, ReadOnlySpan<byte> text, out int place)
    {
        if (!ReferenceEquals(table, _table))
        {
            _table = table;
            Forget();
        }

        place = Place(text);
        ref var entry = ref _entries[place];
        if (entry.Stamp != _stamp)
        {
            return -1;
        }

        var key = table.KeyAt(entry.Key);
        return key.Length == text.Length + GroupKey.TextFrame && text.SequenceEqual(key.Slice(1, text.Length)) ? entry.Group : -1;
    }

    /// <summary>
    /// Notes the group of a text. The key is the type, the text and two zeros; a text that has zeros itself stands in it otherwise, and is not noted.
    /// </summary>
    public void Note(int place, GroupTable table, int group, ReadOnlySpan<byte> text)
    {
        if (table.Key(group).Length == text.Length + GroupKey.TextFrame)
        {
            _entries[place] = new Entry { Stamp = _stamp, Group = group, Key = table.PlaceOf(group) };
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

    private struct Entry
    {
        public int Stamp;
        public int Group;
        public uint Key;
    }
}
