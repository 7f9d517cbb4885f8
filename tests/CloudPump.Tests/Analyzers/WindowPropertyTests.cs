using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

/// <summary>Windows and sessions against naive models, under random schedules.</summary>
public sealed class WindowPropertyTests
{
    // CLOUDPUMP_CASES asks for more of them.
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("CLOUDPUMP_CASES"), out var count) ? count : 10_000;

    [Fact]
    public void Tumbling_windows_are_those_of_the_naive_model() => Run(r => Window(r, _ => { }), d => new NaiveWindows((TimeWindow)d));

    [Fact]
    public void Hopping_windows_are_those_of_the_naive_model() => Run(
        r => Window(r, w => w.Every = TimeSpan.FromTicks(r.Next(1, (int)w.Size.Ticks + 1))), d => new NaiveWindows((TimeWindow)d));

    [Fact]
    public void Sliding_windows_are_those_of_the_naive_model() => Run(r => Window(r, w => w.Sliding = true), d => new NaiveSliding((TimeWindow)d));

    [Fact]
    public void Sessions_are_those_of_the_naive_model() => Run(r => Session(r, _ => { }), d => new NaiveSessions((SessionWindow)d));

    [Fact]
    public void Sessions_with_a_beginning_an_ending_or_a_limit_are_those_of_the_naive_model() => Run(
        r => Session(r, s =>
        {
            var which = r.Next(1, 8);
            s.StartWhen = (which & 1) != 0 ? CloudPump.Expressions.Expression.Parse("v > 10") : null;
            s.EndWhen = (which & 2) != 0 ? CloudPump.Expressions.Expression.Parse("v < -30 || v > 35") : null;
            s.MaxDuration = (which & 4) != 0 ? TimeSpan.FromTicks(r.Next(1, 20)) : null;
        }),
        d => new NaiveLimitedSessions((SessionWindow)d));

    private static void Run(Func<Random, AnalyzerDefinition> make, Func<AnalyzerDefinition, INaiveModel> model)
    {
        var batch = WindowRig.NewBatch();
        var (results, late, afterSilence) = (0L, 0L, 0L);
        for (var seed = 0; seed < Cases; seed++)
        {
            try
            {
                var run = new RandomRun(seed, batch, make, model);
                run.Go();
                (results, late, afterSilence) = (results + run.Counts.Results, late + run.Counts.Late, afterSilence + run.Counts.AfterSilence);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
        }

        Assert.True(
            results > Cases && late > Cases && afterSilence > Cases / 10,
            $"Too little to see a fault: {results} results, {late} late events, {afterSilence} of them after a silence.");
    }

    private static TimeWindow Window(Random random, Action<TimeWindow> change)
    {
        var window = new TimeWindow { Size = TimeSpan.FromTicks(random.Next(1, 25)), Measures = NaiveResult.Measures };
        change(window);
        return With(window, random);
    }

    private static SessionWindow Session(Random random, Action<SessionWindow> change)
    {
        var session = new SessionWindow { Gap = TimeSpan.FromTicks(random.Next(1, 10)), Measures = NaiveResult.Measures };
        change(session);
        return With(session, random);
    }

    private static T With<T>(T definition, Random random)
        where T : KeyedAnalyzer
    {
        (definition.Name, definition.Time, definition.By) = ("w", "t", ["k"]);
        (definition.Lateness, definition.Shards) = (TimeSpan.FromTicks(random.Next(12)), random.Next(1, 4));
        return definition;
    }
}
