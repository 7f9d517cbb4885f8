using System.Text;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Tests;

/// <summary>A batch on the bench: events go in as text, processors run over it, and what is left is read as JSON.</summary>
internal sealed class Bench
{
    public static readonly Origin Origin = new("bench", 0);
    private readonly EventJsonWriter _json = new();

    public Bench(BuildContext? context = null)
    {
        Context = context ?? NewContext();
        Batch = new EventBatch(Context.Fields);
        Batch.AddOrigin(Origin);
    }

    public BuildContext Context { get; }

    public EventBatch Batch { get; }

    /// <summary>The events that are still there, as JSON.</summary>
    public List<string> Events => [.. Batch.Rows.ToArray().Select(Event)];

    /// <summary>The one event, as JSON.</summary>
    public string Single => Assert.Single(Events);

    /// <summary>Why the one event failed.</summary>
    public string Reason => Assert.Single(Batch.Failures).Reason;

    public static BuildContext NewContext() => new() { Pipeline = "bench", Time = new FakeClock() };

    /// <summary>What one processor makes of one event given as JSON; null when it has left.</summary>
    public static string? Apply(ProcessorDefinition definition, string json)
    {
        var bench = new Bench().Add(json).Parse(new CloudPump.Parsers.Json()).Run(definition);
        return bench.Events.SingleOrDefault();
    }

    public Bench Add(params IEnumerable<string> events) => AddBytes(events.Select(Encoding.UTF8.GetBytes));

    public Bench AddBytes(params IEnumerable<byte[]> events)
    {
        foreach (var bytes in events)
        {
            Batch.Add(new EventHeader { RawOffset = Batch.Append(bytes), RawLength = bytes.Length, Offset = Batch.RowCount, Received = 1 });
        }

        return this;
    }

    public Bench Parse(ParserDefinition parser) => Run(parser);

    public Bench Run(params IEnumerable<ProcessorDefinition> definitions) => Run([.. definitions.Select(d => d.Build(Context))]);

    public Bench Run(params IProcessor[] processors)
    {
        foreach (var processor in processors)
        {
            processor.Process(Batch);
            Batch.Compact();
            Batch.Step++;
        }

        return this;
    }

    public string Event(int row)
    {
        var output = new ByteBuffer(256);
        _json.Write(output, Batch, row);
        return Encoding.UTF8.GetString(output.Written);
    }
}
