using System.Text;
using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

/// <summary>An event with its place in its source, for naive models.</summary>
internal sealed record NaiveEvent(WindowEvent Event, int Partition, int Offset)
{
    public long Time => Event.Time;

    /// <summary>The key; a missing one is the empty text, which comes first.</summary>
    public string Key => Event.Key ?? "";

    /// <summary>Its place in the order by time and id.</summary>
    public (long Time, int Partition, int Offset) Place => (Time, Partition, Offset);

    /// <summary>One to three partitions with up to 13 events each; now and then close to the beginning of time.</summary>
    public static List<NaiveEvent>[] Sources(Random random)
    {
        var from = random.Next(4) == 0 ? 12 : 1_000;
        return [.. Enumerable.Range(0, random.Next(1, 4)).Select(p => WindowRig.RandomEvents(random, random.Next(14), disorder: 12)
            .Select((e, i) => new NaiveEvent(e with { Time = e.Time - 1_000 + from }, p, i)).ToList())];
    }

    /// <summary>The shard that its key belongs to.</summary>
    public int ShardOf(int shards)
    {
        var bytes = new ByteBuffer();
        GroupKey.AppendText(bytes, Encoding.UTF8.GetBytes(Key));
        return (int)(StableHash.Of(Event.Key is null ? [0] : bytes.Written) % (ulong)shards);
    }
}
