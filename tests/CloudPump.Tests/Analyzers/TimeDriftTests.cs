using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

public sealed class TimeDriftTests
{
    [Fact]
    public void Periods_tell_how_far_event_times_lie_behind_the_time_received()
    {
        var result = System.Text.Json.Nodes.JsonNode.Parse(Assert.Single(Run(new TimeDrift(), (1, 6), (5, -3), (9, 0))).Replace('\'', '"'))!;
        Assert.Equal([0, 10, 3, 1, -3, 6, 4.58257569495584], new[] { "window_start", "window_end", "count", "avg", "min", "max", "stddev" }.Select(f => (double)result[f]!));
        Assert.All(["median", "p95", "p99"], f => Assert.NotNull(result[f]));
    }

    [Fact]
    public void A_drift_beyond_the_limit_is_told_and_when_it_is_over()
    {
        var results = Run(new TimeDrift { Limit = TimeSpan.FromSeconds(30), Judge = "max" }, (1, 10), (11, 30), (21, 31), (22, 5), (31, 99), (41, 30));
        Assert.Equal(
            [
                "{'window_start':20,'window_end':30,'k':'a','finding':'threshold','measure':'max','state':'above','value':31,'expected':30,'reason':'max is 31, which is above 30.'}",
                "{'window_start':40,'window_end':50,'k':'a','finding':'threshold','measure':'max','state':'normal','value':30,'reason':'max is 30, which is within its limits.'}",
            ],
            results.Where(r => r.Contains("finding", StringComparison.Ordinal)));
        Assert.Equal(7, results.Count);
    }

    [Fact]
    public void Events_without_the_time_are_counted_by_no_measure() => Assert.Equal(
        ["{'window_start':0,'window_end':10,'k':'a','count':0,'avg':null,'median':null,'p95':null,'p99':null,'min':null,'max':null,'stddev':null}"],
        Run(new TimeDrift { Of = "nothing" }, (1, 10)));

    // Events of the key a: when they are received, and how many seconds they are old by then.
    private static List<string> Run(TimeDrift definition, params (int Received, int Drift)[] events)
    {
        (definition.Name, definition.By, definition.Period) = ("a", ["k"], TimeSpan.FromSeconds(10));
        definition.Of = definition.Of.Text == "timestamp" ? "t - duration(string(v) + 's')" : definition.Of;
        var batch = WindowRig.NewBatch();
        WindowRig.Fill(batch, 0, events.Select(e => new WindowEvent(AnalyzerRig.Ticks(e.Received), "a", (long)e.Drift)));
        var (step, shard, piece) = (definition.BuildStep(WindowRig.ContextOf(batch)), new AnalyzerShard(definition.CreateShard()), new ByteBuffer());
        step.AddPartition(AnalyzerStep.NoTime);
        step.Process(batch);
        Assert.True(step.TakePiece(0, 0, piece));
        shard.Apply("p", 1, AnalyzerStep.NoTime, piece.Written);
        return WindowRig.Close(shard).ConvertAll(r => AnalyzerRig.Short(r).Replace(".0,", ",", StringComparison.Ordinal));
    }
}
