using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPump.Embedded;

namespace CloudPump.Cli.Running;

/// <summary>The figures of a finished run.</summary>
internal sealed class RunSummary
{
    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private RunSummary(IReadOnlyList<PipelineStatus> pipelines, double seconds)
    {
        Pipelines = pipelines;
        Seconds = seconds;
        using var process = Process.GetCurrentProcess();
        PeakMemory = process.PeakWorkingSet64;
    }

    /// <summary>The pipelines, senders first.</summary>
    public IReadOnlyList<PipelineStatus> Pipelines { get; }

    /// <summary>From the first read to the last commit.</summary>
    public double Seconds { get; }

    /// <summary>The process's peak working set, in bytes.</summary>
    public long PeakMemory { get; }

    /// <summary>Events received from outside, per second.</summary>
    public double EventsPerSecond => Seconds > 0 ? Pipelines.Sum(p => p.ReceivedFromOutside) / Seconds : 0;

    /// <summary>Dead letters of this run.</summary>
    public long Dead => Pipelines.Sum(p => p.Accounting.Dead);

    /// <summary>The summary of a host's run.</summary>
    public static RunSummary Of(EmbeddedHost host, TimeProvider time)
    {
        var pipelines = host.Status.ToList();
        var first = pipelines.Where(p => p.FirstRead > 0).Select(p => p.FirstRead).DefaultIfEmpty().Min();
        var last = pipelines.Where(p => p.FirstRead > 0).Select(p => p.LastCommit).DefaultIfEmpty().Max();
        return new RunSummary(pipelines, last > first ? time.GetElapsedTime(first, last).TotalSeconds : 0);
    }

    /// <summary>The summary as the contract has it.</summary>
    public string ToJson() => new JsonObject
    {
        ["pipelines"] = new JsonObject(Pipelines.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Counts(p)))),
        ["seconds"] = Math.Round(Seconds, 6),
        ["events_per_second"] = Math.Round(EventsPerSecond, 1),
        ["peak_memory_bytes"] = PeakMemory,
        ["allocated_bytes"] = GC.GetTotalAllocatedBytes(),
    }.ToJsonString(Format);

    /// <summary>The summary for people: one line per pipeline.</summary>
    public void Write(TextWriter output)
    {
        var width = Pipelines.Select(p => p.Name.Length).DefaultIfEmpty().Max();
        foreach (var pipeline in Pipelines)
        {
            output.WriteLine($"{pipeline.Name.PadRight(width)}  {string.Join("  ", Parts(pipeline))}");
        }

        output.WriteLine($"{Seconds:0.0} s, {EventsPerSecond:N0} events/s, {PeakMemory / 1048576.0:N0} MB at most");
    }

    private static IEnumerable<string> Parts(PipelineStatus pipeline) => Counts(pipeline)
        .Where(c => c.Key is "received" or "delivered" || (long)c.Value! != 0)
        .Select(c => $"{c.Key.Replace('_', ' ')} {(long)c.Value!:N0}");

    private static JsonObject Counts(PipelineStatus pipeline)
    {
        var counts = pipeline.Accounting;
        var json = new JsonObject
        {
            ["received"] = counts.Received,
            ["generated"] = counts.Generated,
            ["delivered"] = counts.Delivered,
            ["filtered"] = counts.Filtered,
            ["moved"] = counts.Moved,
            ["dead"] = counts.Dead,
            ["in_flight"] = counts.InFlight,
            ["late"] = counts.Late,
        };
        if (counts.ClosedEarly > 0)
        {
            json["closed_early"] = counts.ClosedEarly;
        }

        return json;
    }
}
