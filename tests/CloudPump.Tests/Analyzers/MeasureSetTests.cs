using System.Text;
using CloudPump.Analyzers;
using CloudPump.Analyzers.Measures;
using CloudPump.Connectors.Files;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Analyzers;

public sealed class MeasureSetTests
{
    private static readonly ComponentRegistry Registry = new(typeof(FileSink).Assembly);

    private static readonly string[] Events =
    [
        """{"status":200,"bytes":10,"path":"/where"}""", """{"status":500,"bytes":2.5}""", """{"status":"x","path":"/a"}""",
        """{"status":503,"bytes":null,"path":"/b"}""", """{"bytes":30}""",
    ];

    [Theory]
    [InlineData("a: count() where status >= 500", """{"a":2}""")]
    [InlineData("a: sum(bytes) where status < 600", """{"a":12.5}""")]
    [InlineData("a: \"count() where path.contains('where')\"", """{"a":1}""")]
    [InlineData("a: \"count(path) where path.contains(') where [')\"", """{"a":0}""")]
    [InlineData("a: \"count() where path in ['/a', '/b']\"", """{"a":2}""")]
    [InlineData("a: sum(bytes+1) where has(event.bytes)", """{"a":42}""")]
    [InlineData("hits: count(), bad: count() where status >= 500, share: 'ratio(bad, hits)'", """{"hits":5,"bad":2,"share":0.4}""")]
    [InlineData("share: 'ratio( bad ,hits)', hits: count(), bad: count() where status >= 500", """{"share":0.4,"hits":5,"bad":2}""")]
    [InlineData("a: 'ratio(none, all)', none: count() where false, all: count(), b: 'ratio(all, none)', c: 'ratio(x, all)', x: max(nothing)",
        """{"a":0.0,"none":0,"all":5,"b":null,"c":null,"x":null}""")]
    [InlineData("a: first(path), b: last(path), c: rate(), d: rate(bytes), e: distinct(status)",
        """{"a":"/where","b":"/b","c":0.08333333333333333,"d":0.7083333333333334,"e":4}""")]
    public void Conditions_and_ratios(string measures, string expected)
    {
        var set = new MeasureSet(Read(measures, out var diagnostics)!.Measures);
        Assert.Empty(diagnostics);
        var bench = new Bench().Add(Events).Parse(new CloudPump.Parsers.Json());
        var inputs = new MeasureInputs(set, bench.Context.Fields);
        var columns = set.CreateColumns();
        Array.ForEach(columns, c => c.AddGroup(0));
        foreach (var row in bench.Batch.Rows)
        {
            inputs.Add(columns, 0, bench.Batch, row, time: row);
        }

        Assert.Equal(expected, Json(set, columns));
    }

    [Theory]
    [InlineData("hits: count(), r: 'ratio(hit, hits)'", 78, "A ratio is of two other measures of this window; there is none named 'hit'. Did you mean 'hits'?")]
    [InlineData("hits: count(), r: 'ratio(hits, r)'", 78, "A ratio cannot be of a ratio; 'r' is one.")]
    [InlineData("s: 'top(x, 2)', r: 'ratio(1, s)'", 79, "A ratio is of two other measures of this window; there is none named '1'.", "A ratio is of numbers; 's' is a list.")]
    [InlineData("r: count() where status >= 5 +", 89, "Expected ")]
    [InlineData("r: \"count() where pathh.startWith('a')\"", 83, "There is no function 'startWith'. Did you mean 'startsWith'?")]
    public void Mistakes_have_their_place(string measures, int column, params string[] messages)
    {
        Read(measures, out var diagnostics);
        Assert.Equal(messages.Length, diagnostics.Count);
        Assert.All(diagnostics.Zip(messages), d => Assert.StartsWith($"f.yaml:2:{column}: error: {d.Second}", d.First.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Adding_takes_no_memory_once_the_values_are_known()
    {
        var calls = MeasureCall.Names.Where(n => n != "ratio").SelectMany(n => n is "percentile" or "top" ? new[] { $"{n}(path, 5)", $"{n}(bytes, 5)" } : [$"{n}(path)", $"{n}(bytes)"]);
        var measures = new NamedList<MeasureCall>();
        measures.AddRange(calls.Append("count() where status >= 500").Select(c => KeyValuePair.Create(c, MeasureCall.Parse(c))));
        var set = new MeasureSet(measures);
        var bench = new Bench().Add(Events).Parse(new CloudPump.Parsers.Json());
        var (inputs, columns) = (new MeasureInputs(set, bench.Context.Fields), set.CreateColumns());
        Array.ForEach(columns, c => c.AddGroup(0));
        long AddAll(int time)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var row in bench.Batch.Rows)
            {
                inputs.Add(columns, 0, bench.Batch, row, time);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        _ = AddAll(1) + AddAll(2) + AddAll(3);
        Assert.Equal(0, AddAll(4));
    }

    private static string Json(MeasureSet set, Measure[] columns)
    {
        var results = new EventBatch(new FieldTable());
        var row = results.Add(default);
        set.Results(columns, 0, TimeSpan.TicksPerMinute, results, row, [.. set.Names.Select(results.Fields.Id)]);
        var output = new ByteBuffer();
        new EventJsonWriter().Write(output, results, row);
        return Encoding.UTF8.GetString(output.Written);
    }

    private static TimeWindow? Read(string measures, out List<Diagnostic> diagnostics)
    {
        diagnostics = [];
        var yaml = $"pipeline: p\nprocessors: [{{time_window: {{name: w, size: 1m, measures: {{{measures}}}}}}}]\nsink: {{file: x}}";
        var window = (TimeWindow?)new PipelineReader(Registry, _ => null).Read("f.yaml", yaml, diagnostics).SingleOrDefault()?.Processors[0];
        window?.Check(new CheckReport(diagnostics));
        return window;
    }
}
