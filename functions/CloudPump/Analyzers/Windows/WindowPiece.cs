using CloudPump.Events;

namespace CloudPump.Analyzers.Windows;

/// <summary>
/// The layout of a window piece: the number of panes, then per pane {start, groups}. Also the layout of a shard's saved panes.
/// </summary>
internal static class WindowPiece
{
    /// <summary>Writes the groups of one of several shards; false when there are none.</summary>
    public static bool Write(WindowSet set, int shard, int shards, ByteBuffer output)
    {
        var windows = set.Panes.Select(w => (w.Key, w.Value, Groups: Pick(w.Value, shard, shards))).Where(w => w.Groups.Count > 0).ToList();
        if (windows.Count == 0)
        {
            return false;
        }

        output.WriteVarint((ulong)windows.Count);
        foreach (var (time, table, groups) in windows)
        {
            output.WriteSigned(time);
            table.Write(output, groups);
        }

        return true;
    }

    private static List<int> Pick(GroupTable table, int shard, int shards)
    {
        var groups = new List<int>(table.Count);
        for (var group = 0; group < table.Count; group++)
        {
            if (shards == 1 || (int)(table.Hash(group) % (ulong)shards) == shard)
            {
                groups.Add(group);
            }
        }

        return groups;
    }
}
