using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Generate;

/// <summary>Makes sample events, at a rate or as fast as they are taken.</summary>
[Component(ComponentKind.Source, "generate", "Makes sample events: weblogs, orders, sensors, logins or xdr.", Example = "generate: {name: weblogs, rate: 1000}")]
public sealed class GenerateSource : TriggeredSource
{
    /// <summary>The kind of events.</summary>
    [Option("The events: weblogs, orders, sensors, logins or xdr (S1 records as hexadecimal text).", Main = true, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>How many.</summary>
    [Option("How many events; without it they never end.")]
    public long? Count { get; set; }

    /// <summary>How many a second.</summary>
    [Option("Events per second, with the time of their making; without it as fast as they are taken, 1,000 to a second of event time.")]
    public double? Rate { get; set; }

    /// <summary>How fast event time runs.</summary>
    [Option("With a rate: how many times faster event time runs than the clock.")]
    public double Speed { get; set; } = 1;

    /// <summary>The seed.</summary>
    [Option("Another seed gives other events; the same one the same.")]
    public long Seed { get; set; } = 1;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        if (!SampleGenerators.Names.Contains(Name, StringComparer.Ordinal))
        {
            report.Error(this, "name", $"There are no sample events '{Name}'.{Nearest.Hint(Name, SampleGenerators.Names)} There are: {string.Join(", ", SampleGenerators.Names)}.");
        }

        if (Rate is <= 0)
        {
            report.Error(this, "rate", "'rate' must be more than nothing.");
        }
    }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<SourcePartition>> OpenAsync(SourceContext context, CancellationToken cancellationToken) =>
        new([new GeneratePartition(SampleGenerators.Create(Name, Seed), Count ?? long.MaxValue, Rate, Speed, Seed, context.Time)]);
}
