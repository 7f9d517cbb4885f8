using System.Text;
using CloudPump.Analyzers;
using CloudPump.Analyzers.Measures;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Analyzers;

/// <summary>What tests of windows share: a definition, batches of events, and results as JSON.</summary>
internal static class WindowRig
{
    public static readonly FakeClock Clock = new();

    public static TimeWindow Definition(long size, long lateness, int shards) => new()
    {
        Name = "w",
        Size = TimeSpan.FromTicks(size),
        Lateness = TimeSpan.FromTicks(lateness),
        Shards = shards,
        Time = "t",
        By = ["k"],
        Measures =
        {
            { "hits", MeasureCall.Parse("count()") },
            { "seen", MeasureCall.Parse("count(v)") },
            { "total", MeasureCall.Parse("sum(v)") },
            { "low", MeasureCall.Parse("min(v)") },
            { "high", MeasureCall.Parse("max(v)") },
            { "mean", MeasureCall.Parse("avg(v)") },
        },
    };

    public static void Fill(EventBatch batch, int partition, IEnumerable<WindowEvent> events, long offset = 0, int? origin = null)
    {
        var fields = batch.Fields;
        batch.Clear();
        batch.Partition = partition;
        batch.AddOrigin(new Origin("bench", origin ?? partition));
        foreach (var e in events)
        {
            var row = batch.Add(new EventHeader { RawLength = -1, Offset = offset++, Received = e.Time });
            batch.SetTimestamp(row, fields.Id("t"), e.Time);
            if (e.Key is not null)
            {
                batch.SetString(row, fields.Id("k"), Encoding.UTF8.GetBytes(e.Key));
            }

            switch (e.Value)
            {
                case long integer: batch.SetInt64(row, fields.Id("v"), integer); break;
                case double number: batch.SetDouble(row, fields.Id("v"), number); break;
            }
        }
    }

    /// <summary>Closes what is due; the results as JSON.</summary>
    public static List<string> Close(AnalyzerShard shard)
    {
        var texts = new List<string>();
        shard.Close(Bench.Origin, Clock, results => texts.AddRange(Texts(results)));
        return texts;
    }

    /// <summary>What a shard that can be looked at holds, as JSON; nothing of the others.</summary>
    public static List<string> Held(AnalyzerShard shard)
    {
        var texts = new List<string>();
        shard.TryRead(Bench.Origin, Clock, results => texts.AddRange(Texts(results)));
        return texts;
    }

    public static List<string> Texts(ResultBatch results)
    {
        var json = new EventJsonWriter();
        var output = new ByteBuffer();
        var texts = new List<string>();
        for (var row = 0; row < results.Count; row++)
        {
            output.Clear();
            json.Write(output, results.Events, row);
            texts.Add(Encoding.UTF8.GetString(output.Written));
        }

        return texts;
    }

    public static List<WindowEvent> RandomEvents(Random random, int count, int disorder) => [.. Enumerable.Range(0, count).Select(i => new WindowEvent(
        1_000 + i + random.Next(-disorder, 3),
        random.Next(8) == 0 ? null : $"k{random.Next(5)}",
        random.Next(5) switch { 0 => null, 1 or 2 => (long)random.Next(-50, 50), _ => random.Next(-200, 200) / 4.0 }))];

    public static AnalyzerShard Reload(AnalyzerShard shard, AnalyzerDefinition definition) => Load(Save(shard), definition);

    public static byte[] Save(AnalyzerShard shard)
    {
        var output = new ByteBuffer();
        shard.Save(output);
        return output.Written.ToArray();
    }

    public static AnalyzerShard Load(byte[] saved, AnalyzerDefinition definition)
    {
        var shard = new AnalyzerShard(definition.CreateShard());
        shard.Load(saved);
        return shard;
    }

    /// <summary>An empty batch with field names of its own: tests run side by side, and a table of names is for one thread at a time.</summary>
    public static EventBatch NewBatch() => new(new FieldTable());

    /// <summary>A context with the field names of a batch.</summary>
    public static BuildContext ContextOf(EventBatch batch) => new() { Pipeline = "bench", Time = new FakeClock(), Fields = batch.Fields };
}
