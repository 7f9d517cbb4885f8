using CloudPump.Analyzers.Measures;
using CloudPump.Cli;
using CloudPump.Cli.Reference;
using CloudPump.Expressions;
using CloudPump.Lookups;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Cli;

public sealed class ReferenceTests : IDisposable
{
    private static readonly ComponentRegistry Registry = new(System.Reflection.Assembly.Load("CloudPump.Connectors"));
    private readonly CliRun _cli = new();

    public static TheoryData<ComponentKind, string> Components
    {
        get
        {
            var data = new TheoryData<ComponentKind, string>();
            foreach (var component in Registry.All)
            {
                data.Add(component.Kind, component.Name);
            }

            return data;
        }
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_reference_in_the_repository_is_up_to_date()
    {
        Assert.Equal(0, await _cli.RunAsync("help", "--markdown"));
        var committed = await File.ReadAllTextAsync(Repository.Path("functions/pipelines/REFERENCE.md"));
        Assert.True(
            _cli.Output == committed,
            "functions/pipelines/REFERENCE.md is out of date; run: dotnet run --project functions/CloudPump.Cli -- help --markdown > functions/pipelines/REFERENCE.md");
    }

    [Theory]
    [MemberData(nameof(Components))]
    public void Every_component_has_help_and_an_example_that_is_valid(ComponentKind kind, string name)
    {
        var component = Registry.All.Single(c => c.Kind == kind && c.Name == name);
        Assert.EndsWith(".", component.Help, StringComparison.Ordinal);
        Assert.All(OptionRow.Of(component.Options), o => Assert.EndsWith(".", o.Help, StringComparison.Ordinal));
        Assert.NotEmpty(component.Example);
        var diagnostics = new List<Diagnostic>();
        var example = string.Join('\n', ExampleText.Of(component));
        if (kind == ComponentKind.Lookup)
        {
            _cli.File(LookupSet.FileName, example);
            Assert.Same(component, Registry.Of(Assert.Single(LookupSet.Read(_cli.Folder, Registry, _ => null, diagnostics).Definitions)));
        }
        else if (kind == ComponentKind.Connection)
        {
            _cli.File(ConnectionSet.FileName, example);
            var set = ConnectionSet.Read(_cli.Folder, Registry, _ => null, diagnostics);
            Assert.Equal([name], set.Names.Select(set.KindOf));
        }
        else
        {
            var sink = kind == ComponentKind.Sink ? "" : "\nsink:\n  'null': {}";

            // Files that examples name lie beside the samples.
            var file = Repository.Path("functions/pipelines/example.yaml");
            var pipeline = Assert.Single(new PipelineReader(Registry, _ => null).Read(file, $"pipeline: example\n{example}{sink}\n", diagnostics));
            var report = new CheckReport(diagnostics);
            ComponentDefinition[] parts = [.. pipeline.Sources, .. pipeline.Processors, pipeline.Sink];
            Assert.Contains(parts, p => Registry.Of(p) == component);
            Array.ForEach(parts, p => p.Check(report));
        }

        Assert.Empty(diagnostics);
    }

    [Theory]
    [MemberData(nameof(Runnable))]
    public void Every_example_gives_what_it_says(ComponentKind kind, string name)
    {
        var component = Registry.All.Single(c => c.Kind == kind && c.Name == name);
        var text = $"pipeline: example\n{string.Join('\n', ExampleText.Of(component))}\nsink:\n  'null': {{}}\n";
        var diagnostics = new List<Diagnostic>();
        var pipeline = Assert.Single(new PipelineReader(Registry, _ => null).Read(Repository.Path("functions/pipelines/example.yaml"), text, diagnostics));
        var bench = new Bench();
        if (component.Given.StartsWith("hex:", StringComparison.Ordinal))
        {
            bench.AddBytes(Convert.FromHexString(component.Given[4..]));
        }
        else
        {
            bench.Add(component.Given);
        }

        var isRaw = kind == ComponentKind.Parser || pipeline.ReadsWholeDocuments;
        bench.Run([.. isRaw ? Array.Empty<ProcessorDefinition>() : [new CloudPump.Parsers.Json()], .. pipeline.Processors]);
        Assert.Empty(bench.Batch.Failures);
        Assert.Equal(component.Gives.Select(Compact), bench.Events.Select(Compact));
    }

    public static TheoryData<ComponentKind, string> Runnable
    {
        get
        {
            var data = new TheoryData<ComponentKind, string>();
            foreach (var component in Registry.All.Where(c => c.Given.Length > 0))
            {
                data.Add(component.Kind, component.Name);
            }

            return data;
        }
    }

    private static string Compact(string json) => System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString();

    [Fact]
    public async Task Every_function_is_named_in_the_reference()
    {
        await _cli.RunAsync("help", "--markdown");
        foreach (var name in FunctionTable.Default.Names.Concat(Macros.Names))
        {
            Assert.True(_cli.Output.Contains($"`{name}`", StringComparison.Ordinal) || _cli.Output.Contains($"`{name}(", StringComparison.Ordinal), name);
        }

        Assert.All(MeasureCall.Names, m => Assert.Contains($"{m}(", _cli.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_is_marked_as_never_shown()
    {
        await _cli.RunAsync("help", "--markdown");
        Assert.Contains("| `headers` | map of name to text |  | Headers of every request, such as Authorization; take keys from the environment. Never shown. |", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_shows_every_component_of_a_name()
    {
        Assert.Equal(0, await _cli.RunAsync("help", "stream"));
        Assert.Contains(_cli.Lines, l => l.StartsWith("stream (source): ", StringComparison.Ordinal));
        Assert.Contains(_cli.Lines, l => l.StartsWith("stream (sink): ", StringComparison.Ordinal));
        Assert.Contains("  partitions  whole number, default 4", _cli.Lines);
        Assert.Equal(0, await _cli.RunAsync("help", "route"));
        Assert.Contains("  rules[].mode  clone or move, default clone", _cli.Lines);
    }

    [Theory]
    [InlineData("time_windw", "Did you mean 'time_window'?")]
    [InlineData("parse", "access_log, ")]
    [InlineData("show", "cloudpump show --help")]
    public async Task Help_says_what_to_ask_for_instead(string name, string hint)
    {
        Assert.Equal(ExitCode.Wrong, await _cli.RunAsync("help", name));
        Assert.Contains(hint, _cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sink")]
    [InlineData("sinks")]
    [InlineData("Sinks")]
    public async Task List_takes_a_kind_in_the_singular_and_the_plural(string kind)
    {
        Assert.Equal(0, await _cli.RunAsync("list", kind));
        Assert.Equal("Sinks", _cli.Lines[0]);
        Assert.Equal(Registry.Names(ComponentKind.Sink), _cli.Lines.Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]));
    }

    [Fact]
    public async Task List_shows_everything_and_processors_without_sources_and_sinks()
    {
        Assert.Equal(0, await _cli.RunAsync("list"));
        Assert.Equal(Registry.All.Count(), _cli.Lines.Count(l => l.StartsWith("  ", StringComparison.Ordinal)));
        Assert.Equal(0, await _cli.RunAsync("list", "processor"));
        Assert.Contains("Filters", _cli.Lines);
        Assert.DoesNotContain("Sinks", _cli.Lines);
        Assert.Equal(1, await _cli.RunAsync("list", "snk"));
        Assert.Contains("Did you mean 'sink'?", _cli.Error, StringComparison.Ordinal);
    }
}
