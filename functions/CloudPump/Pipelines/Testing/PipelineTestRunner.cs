using CloudPump.Lookups;
using CloudPump.Lookups.Mmdb;

namespace CloudPump.Pipelines.Testing;

/// <summary>
/// Runs the unit tests of pipeline files: the given events go through the processors, the input ends, and what the sink, other pipelines and the dead letters
/// would have got is compared with what the test expects. Nothing outside is touched: the clock stands still, and `geoip` uses its built-in table
/// unless the pipeline names a database.
/// </summary>
public sealed class PipelineTestRunner(ComponentRegistry registry, PipelineSet set)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Runs every test of a pipeline, in order.</summary>
    public IEnumerable<PipelineTestResult> Run(PipelineDefinition pipeline) => pipeline.Tests.Select(t => Run(pipeline, t));

    /// <summary>Runs one test. Every test gets a pipeline of its own.</summary>
    public PipelineTestResult Run(PipelineDefinition pipeline, PipelineTest test)
    {
        var differences = new List<string>();
        try
        {
            Compare(test, Observe(pipeline, test), new TestComparison(differences));
        }
        catch (Exception e) when (e is MmdbException or LookupException or IOException or UnauthorizedAccessException)
        {
            differences.Add($"the pipeline cannot be built: {e.Message}");
        }

        return new PipelineTestResult(pipeline.Name, test, differences);
    }

    private TestObservation Observe(PipelineDefinition pipeline, PipelineTest test)
    {
        var lookups = new LookupHost(set.Lookups, LookupUses.Of([pipeline], registry), new LookupHostOptions { OnlyLocal = true, Time = new FixedTime(Now) });
        lookups.OpenAsync(CancellationToken.None).GetAwaiter().GetResult();
        var context = new BuildContext { Pipeline = pipeline.Name, Time = new FixedTime(Now), Connections = set.Connections, Lookups = lookups, Offline = true };
        var run = new DryRun(pipeline, registry, context);
        var given = new GivenEvents(pipeline, context);
        var batch = run.CreateBatch();
        for (var i = 0; i < test.Given.Count; i++)
        {
            given.Add(batch, test.Given[i], i);
        }

        run.Process(batch);
        return TestObservation.Of(run, batch);
    }

    private static void Compare(PipelineTest test, TestObservation seen, TestComparison comparison)
    {
        if (test.Expect is not null)
        {
            comparison.Events("event", "delivered events", test.Expect, seen.Delivered);
        }

        if (test.Routed is not null)
        {
            comparison.Routed(test.Routed, seen.Routed);
        }

        foreach (var (target, expected) in test.Findings ?? new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal))
        {
            comparison.Events($"finding for '{target}'", $"findings for '{target}'", expected, seen.Findings.GetValueOrDefault(target) ?? []);
        }

        comparison.Dead(test.Dead ?? 0, seen.Dead);
        comparison.LateWhenDifferent(seen.Late);
    }
}
