using CloudPump.Expressions;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>
/// An analyzer as a pipeline declares it. It runs in two halves: a step in the pipeline reduces events to pieces, and shards
/// (by hash of the key) apply the pieces of all partitions, close what the watermarks have passed, and emit results.
/// </summary>
public abstract class AnalyzerDefinition : ProcessorDefinition
{
    /// <summary>The stream that results go to when no pipeline is named.</summary>
    public const string FindingsStream = "findings";

    /// <summary>How many partitions that stream gets.</summary>
    public const int FindingsPartitions = 4;

    /// <summary>What `time:` says for processing time.</summary>
    public const string Now = "now";

    /// <summary>The analyzer's name.</summary>
    [Option("The analyzer's name, which its results carry.", Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The pipeline that gets the results.</summary>
    [Option("The pipeline that gets the results; without it they go to the stream 'findings'.", Pipeline = true)]
    public string? To { get; set; }

    /// <summary>Event time.</summary>
    [Option("The event time: a field or expression that yields a timestamp, or a text of the form of RFC 3339; now is the time received.")]
    public Expression Time { get; set; } = Expression.Parse("timestamp");

    /// <summary>Allowed lateness.</summary>
    [Option("How far an event may lag behind the newest of its source partition; later ones are counted late.")]
    public TimeSpan Lateness { get; set; }

    /// <summary>What becomes of late events.</summary>
    [Option("Where late events go besides being counted: {to: PIPELINE}. Those that find their window closed because partitions were idle are only counted.")]
    public LateOption? Late { get; set; }

    /// <summary>When a silent partition stops holding time back.</summary>
    [Option("A partition silent for this long no longer holds time back (not used while a bounded input is drained).")]
    public TimeSpan Idle { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The number of shards.</summary>
    [Option("How many shards the keys are spread over; between shards results have no order.")]
    public int Shards { get; set; } = 1;

    /// <summary>The stream that its results go to.</summary>
    public string ResultStream => To is null ? FindingsStream : PipelineStreams.Of(To);

    /// <summary>How many partitions that stream gets when it is new.</summary>
    public int ResultPartitions => To is null ? FindingsPartitions : 1;

    /// <summary>Whether it emits results at all; some analyzers are only looked at.</summary>
    public virtual bool EmitsResults => true;

    /// <inheritdoc/>
    public override IEnumerable<PipelineReference> Targets
    {
        get
        {
            if (To is not null)
            {
                yield return new PipelineReference(To, LocationOf("to"), ViaStream: true);
            }

            if (Late is not null)
            {
                yield return new PipelineReference(Late.To, Late.Location);
            }
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => BuildStep(context);

    /// <summary>Makes the half that runs in the pipeline.</summary>
    public abstract AnalyzerStep BuildStep(BuildContext context);

    /// <summary>Makes the state of one shard.</summary>
    public abstract IShardState CreateShard();

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Shards is < 1 or > 1024)
        {
            report.Error(this, "shards", "'shards' takes 1 to 1024.");
        }
    }
}
