using CloudPump.Analyzers;
using CloudPump.Analyzers.Detectors;

namespace CloudPump.Tests.Analyzers;

public sealed class AnomalyTests
{
    public static TheoryData<DetectorKind> Kinds { get; } = [.. Enum.GetValues<DetectorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_value_is_told_with_its_judgement_on_request(DetectorKind kind)
    {
        var definition = Of(kind);
        definition.Emit = AnomalyEmission.All;
        var results = AnalyzerRig.Run(definition, Usual(200));
        Assert.Equal(200, results.Count);
        Assert.All(results, r => Assert.Matches("^{'timestamp':\\d+,'k':'a','value':.*,'expected':.*,'lower':.*,'upper':.*,'score':.*,'probability':.*,'anomaly':(true|false)}$", r));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_value_far_from_all_others_is_an_anomaly_and_is_told_alone(DetectorKind kind)
    {
        string[] events = [.. Usual(1_500), .. Enumerable.Range(1_500, 8).Select(s => AnalyzerRig.Event(s, "a", 100_000))];
        var results = AnalyzerRig.Run(Of(kind), events);
        Assert.Contains(results, r => r.Contains("'value':100000.0,", StringComparison.Ordinal));
        Assert.All(results, r => Assert.EndsWith("'anomaly':true}", r, StringComparison.Ordinal));
        Assert.InRange(results.Count(r => !r.Contains("'value':100000.0,", StringComparison.Ordinal)), 0, 8);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_learnt_outlives_a_restart(DetectorKind kind)
    {
        var (one, other) = (Of(kind), Of(kind));
        (one.Emit, other.Emit) = (AnomalyEmission.All, AnomalyEmission.All);
        var (kept, restarted) = (new AnalyzerFeed(one), new AnalyzerFeed(other));
        foreach (var piece in Usual(300).Chunk(37))
        {
            Assert.Equal(kept.Add(piece), restarted.Add(piece));
            restarted.Restart();
        }
    }

    private static Anomaly Of(DetectorKind kind) => new() { By = ["k"], Value = "v", Method = kind, Period = TimeSpan.FromSeconds(20) };

    private static string[] Usual(int count)
    {
        var random = new Random(1);
        return AnalyzerRig.Values(Enumerable.Range(0, count).Select(_ => random.Next(90, 110)));
    }
}
