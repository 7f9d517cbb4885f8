using CloudPump.Connectors.Files;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Analyzers;

/// <summary>What an analyzer says to options that make no sense; ^ stands where the mistake is.</summary>
public sealed class AnalyzerMistakeTests
{
    private static readonly ComponentRegistry Registry = new(typeof(FileSink).Assembly);

    [Theory]
    [InlineData("size: 1m, shards: ^0", "'shards' takes 1 to 1024.")]
    [InlineData("size: 1m, shards: ^1025", "'shards' takes 1 to 1024.")]
    [InlineData("size: 1m, max_keys: ^0", "'max_keys' must be 1 or more.")]
    [InlineData("size: 1m, every: ^2m", "'every' must be longer than nothing, and not longer than the window.")]
    [InlineData("size: 1m, every: ^0s", "'every' must be longer than nothing, and not longer than the window.")]
    [InlineData("size: 1d, every: ^7s", "'size' and 'every' together make more than 10000 panes a window; choose 'every' so that it divides 'size'.")]
    [InlineData("size: 1m, sliding: ^true, every: 30s", "Sliding windows have no 'every', 'early' or 'detect'.")]
    [InlineData("size: 1m, sliding: ^true, early: {every: 5s}", "Sliding windows have no 'every', 'early' or 'detect'.")]
    [InlineData("size: 1m, sliding: ^true, detect: [{threshold: {measure: n, above: 1}}]", "Sliding windows have no 'every', 'early' or 'detect'.")]
    [InlineData("size: 1m, every: 30s, early: {when: ^n > 1}", "'when' is for windows that do not overlap.")]
    [InlineData("size: 1m, early: ^{}", "'early' takes 'every' (longer than nothing), 'when' and 'on', at least one of them.")]
    [InlineData("size: 1m, early: {every: ^0s}", "'early' takes 'every' (longer than nothing), 'when' and 'on', at least one of them.")]
    [InlineData("size: 1m, detect: [^{spik: {measure: n}}]", "'detect' takes one of outliers, drop_to_zero, spike, threshold, classes, not 'spik'. Did you mean 'spike'?")]
    [InlineData("size: 1m, emit: ^findings", "Without 'detect' there are no findings to emit.")]
    [InlineData("size: 1m, early: {^whn: n}", "'early' has no option 'whn'. Did you mean 'when'?")]
    [InlineData("size: 1m, late: {^too: x}", "'late' has no option 'too'. Did you mean 'to'?")]
    public void Options_of_time_windows(string options, string message) => Check($"time_window: {{name: w, measures: {{n: count()}}, {options}}}", message);

    [Theory]
    [InlineData("threshold: {measure: ^nn, above: 1}", "There is no measure 'nn' in this window. Did you mean 'n'?")]
    [InlineData("threshold: {measure: ^n}", "A threshold needs 'above', 'below', or both.")]
    [InlineData("threshold: {measure: ^n, above: 1, below: 2}", "'below' must not lie above 'above'.")]
    [InlineData("outliers: {measure: ^n, deviations: 0}", "'deviations' must be more than 0.")]
    [InlineData("outliers: {measure: ^n, least: 0}", "'least' must be 1 or more.")]
    [InlineData("drop_to_zero: {measure: ^n, after: 0}", "'after' must be 1 or more.")]
    [InlineData("spike: {measure: ^n, period: 0s}", "'period' must be longer than nothing.")]
    [InlineData("spike: {measure: ^n, periods: 1001}", "'periods' takes 1 to 1000.")]
    [InlineData("spike: {measure: ^n, least: 0}", "'least' must be 1 or more.")]
    [InlineData("spike: {measure: ^n, least: 8}", "'least' cannot be more than 'periods'.")]
    [InlineData("spike: {measure: ^n, factor: 1}", "'factor' must be more than 1.")]
    [InlineData("classes: {measure: ^n, bands: {}}", "'bands' needs at least one class.")]
    public void Rules_of_detect(string rule, string message) => Check($"time_window: {{name: w, measures: {{n: count()}}, size: 1m, detect: [{{{rule}}}]}}", message);

    [Fact]
    public void Rules_that_compare_keys_need_all_of_them_in_one_shard() => Check(
        "time_window: {name: w, measures: {n: count()}, size: 1m, detect: [outliers: {measure: n}], shards: ^2}",
        "'outlier' compares the keys of a window, so all of them must be in one shard.");

    [Theory]
    [InlineData("session_window: {name: w, gap: ^0s}", "'gap' must be longer than nothing.")]
    [InlineData("session_window: {name: w, gap: 1s, max_duration: ^0s}", "'max_duration' must be longer than nothing.")]
    [InlineData("time_drift: {name: w, period: ^0s}", "'period' must be longer than nothing.")]
    [InlineData("time_drift: {name: w, judge: ^p59}", "There is no measure 'p59'. Did you mean 'p95'? There are count, avg, median, p95, p99, min, max, stddev.")]
    [InlineData("^threshold: {name: w, value: v}", "A threshold needs 'above', 'below', or both.")]
    [InlineData("threshold: {name: w, value: v, above: 10, below: ^9, hysteresis: 1}", "'below' with the hysteresis must not lie above 'above' with it.")]
    [InlineData("threshold: {name: w, value: v, above: 10, hysteresis: ^-1}", "'hysteresis' must not be negative.")]
    [InlineData("threshold: {name: w, value: v, above: 10, in_a_row: ^0}", "'in_a_row' must be 1 or more.")]
    [InlineData("counter: {name: w, every: ^0}", "'every' must be 1 or more.")]
    [InlineData("latch: {name: w, keep: ^0}", "'keep' takes 1 to 10000.")]
    [InlineData("latch: {name: w, keep: ^10001}", "'keep' takes 1 to 10000.")]
    [InlineData("incident: {name: w, silence: ^0s}", "'silence' must be longer than nothing.")]
    [InlineData("anomaly: {name: w, value: v, probability: ^1}", "'probability' lies between 0 and 1, such as 0.999.")]
    [InlineData("anomaly: {name: w, value: v, period: ^0s}", "'period' must be longer than nothing.")]
    [InlineData("anomaly: {name: w, value: v, half_life: ^0}", "'half_life' must be more than 0.")]
    [InlineData("anomaly: {name: w, value: v, method: ^robust}", "'method' takes auto, ewma, robust_z, seasonal, change_point, not 'robust'. Did you mean 'robust_z'?")]
    public void Options_of_other_analyzers(string analyzer, string message) => Check(analyzer, message);

    [Theory]
    [InlineData("steps: ^[]", "A pattern has 1 to 32 steps.")]
    [InlineData("steps: [{name: ^a, when: x, not: true}, {name: b, when: y}]", "The first step of a pattern cannot be a 'not': nothing would begin it.")]
    [InlineData("steps: [{name: a, when: x}, {name: ^b, when: y, optional: true}]", "The last step 'b' cannot be optional: the pattern would be complete without it.")]
    [InlineData("steps: [{name: a, when: x}, {name: ^a, when: y}]", "The pattern has two steps named 'a'.")]
    [InlineData("steps: [{name: ^a, when: x, times: 0}]", "'times', 'at_least' and 'at_most' must be 1 or more, and 'at_most' not less than 'at_least'.")]
    [InlineData("steps: [{name: ^a, when: x, at_least: 3, at_most: 2}]", "'times', 'at_least' and 'at_most' must be 1 or more, and 'at_most' not less than 'at_least'.")]
    [InlineData("steps: [{name: ^a, when: x, times: 2, at_least: 2}]", "'times' means exactly so many; leave out 'at_least' and 'at_most'.")]
    [InlineData("steps: [{name: a, when: x}, {name: ^b, when: y, not: true, times: 2}]", "A 'not' step takes no events, so it has no 'times', 'at_least', 'at_most' or 'optional'.")]
    [InlineData("steps: [{name: a, when: x}, {name: b, when: y, optional: true}, {name: ^c, when: z, not: true}, {name: d, when: z}]", "A 'not' cannot follow the optional step 'b': put it before that step.")]
    [InlineData("steps: [{name: ^a, when: x > b.x}, {name: b, when: y}]", "The step 'a' refers to 'b', which comes later.")]
    [InlineData("steps: [{name: a, when: x}, {name: b, when: y, not: true}, {name: ^c, when: x > b.x}]", "The step 'c' refers to 'b', which takes no events.")]
    [InlineData("steps: [{name: a, when: x}], max_attempts: ^0", "'max_attempts' must be 1 or more.")]
    [InlineData("steps: [{name: a, when: x}], select: ^{n: sum(y)}", "'n' must be over exactly one step: sum(step.field). There are a.")]
    public void Patterns(string options, string message) => Check($"pattern: {{name: w, within: 1m, {options}}}", message);

    [Fact]
    public void A_pattern_takes_time() => Check("pattern: {name: w, within: ^0s, steps: [{name: a, when: x}]}", "'within' must be longer than nothing.");

    private static void Check(string processor, string message)
    {
        const string Before = "  - ";
        var diagnostics = new List<Diagnostic>();
        var yaml = $"pipeline: p\nprocessors:\n{Before}{processor.Replace("^", "", StringComparison.Ordinal)}\nsink: {{file: x}}\n";
        var read = new PipelineReader(Registry, _ => null).Read("f.yaml", yaml, diagnostics).SingleOrDefault();
        read?.Processors[0].Check(new CheckReport(diagnostics));
        Assert.Equal($"f.yaml:3:{Before.Length + 1 + processor.IndexOf('^', StringComparison.Ordinal)}: error: {message}", Assert.Single(diagnostics).ToString());
    }
}
