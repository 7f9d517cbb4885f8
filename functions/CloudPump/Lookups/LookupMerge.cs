using CloudPump.Events;
using CloudPump.Lookups.Tables;

namespace CloudPump.Lookups;

/// <summary>Brings a table to the state of another one by the changes alone, so that whoever follows it hears only of them.</summary>
internal static class LookupMerge
{
    /// <summary>Sets what is new or different, removes what is gone.</summary>
    public static void Into(LookupTable table, LookupTable fresh)
    {
        fresh.ForEach((blocks, address) =>
        {
            var entry = blocks.Read(address);
            table.Set(entry.Key, entry.Kind, entry.Value, entry.Stamp);
        });
        if (table.Count == fresh.Count)
        {
            return;
        }

        var gone = new List<byte[]>();
        table.ForEach((blocks, address) =>
        {
            var entry = blocks.Read(address);
            if (entry.Kind != FieldKind.Missing && !fresh.TryGet(entry.Key, out _))
            {
                gone.Add(entry.Key.ToArray());
            }
        });
        gone.ForEach(key => table.Set(key, FieldKind.Missing, default, 0));
    }
}
