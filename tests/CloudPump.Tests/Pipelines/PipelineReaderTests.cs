using CloudPump.Analyzers;
using CloudPump.Analyzers.Measures;
using CloudPump.Connectors.Files;
using CloudPump.Pipelines;
using CloudPump.Routers;
using CloudPump.Transformers;

namespace CloudPump.Tests.Pipelines;

public sealed class PipelineReaderTests
{
    private static readonly ComponentRegistry Registry = new(typeof(FileSink).Assembly);

    [Theory]
    [InlineData("- fliter: a", "f.yaml:3:5: error: There is no processor 'fliter'. Did you mean 'filter'?")]
    [InlineData("- json: {}", "f.yaml:3:5: error: There is no processor 'json'. It is a parser: write 'parse: json'.")]
    [InlineData("- parse: jsn", "f.yaml:3:12: error: There is no parser 'jsn'. Did you mean 'json'?")]
    [InlineData("- parse: {json: {max_dept: 3}}", "f.yaml:3:20: error: Parser 'json' has no option 'max_dept'. Did you mean 'max_depth'?")]
    [InlineData("- parse: {json: {max_depth: deep}}", "f.yaml:3:31: error: 'max_depth' takes a whole number, not 'deep'.")]
    [InlineData("- parse: {access_log: {ecs: yes}}", "f.yaml:3:31: error: 'ecs' takes true or false, not 'yes'.")]
    [InlineData("- filter: 'a >'", "f.yaml:3:17: error: ")]
    [InlineData("- filter: a > > b", "f.yaml:3:17: error: ")]
    [InlineData("- filter: \"a == '\\u00e9' >> 1\"", "f.yaml:3:13: error: ")]
    [InlineData("- filter: ${X:-a >} > b", "f.yaml:3:13: error: ")]
    [InlineData("- filter: size(path)", "f.yaml:3:13: error: A condition takes true or false, not an int; compare it, as in x > 0.")]
    [InlineData("- filter: status > 1 && 'x'", "f.yaml:3:27: error: '&&' takes true or false, not a string; compare it")]
    [InlineData("- set: {a: \"path + 'a' + 1\"}", "f.yaml:3:26: error: '+' does not take a string and an int; write string(...) around the int.")]
    [InlineData("- route: [{when: \"'x'\", to: y}]", "f.yaml:3:21: error: A condition takes true or false, not a string; compare it")]
    [InlineData("- counter: {name: c, every: 5, reset_when: 1 + 2}", "f.yaml:3:46: error: A condition takes true or false, not an int; compare it")]
    [InlineData("- time_window: {name: w, size: 5m, measures: {n: count() where size(path)}}", "f.yaml:3:66: error: A condition takes true or false, not an int; compare it")]
    [InlineData("- filter", "f.yaml:3:5: error: Filter 'filter' needs the option 'when' (expression): ")]
    [InlineData("- filter: [a, b]", "f.yaml:3:13: error: Filter 'filter' takes options (when), not a list.")]
    [InlineData("- set: {a: }", "f.yaml:3:11: error: 'a' has no value; it takes expression.")]
    [InlineData("- remove: [a, ~]", "f.yaml:3:17: error: An item of 'fields' has no value; it takes text.")]
    [InlineData("- route: [{to: x, mode: copy}]", "f.yaml:3:27: error: 'mode' takes clone, move, not 'copy'.")]
    [InlineData("- route: [{when: a}]", "f.yaml:3:13: error: 'rules' needs the option 'to' (text): ")]
    [InlineData("- anonymize: {a: trunc}", "f.yaml:3:20: error: 'a' takes one of truncate, hash, email, phone, card, text, mask, drop, not 'trunc'.")]
    [InlineData("- anonymize: {a: {hash: {ky: k}}}", "f.yaml:3:28: error: 'hash' has no option 'ky'. Did you mean 'key'?")]
    [InlineData("- anonymize: {a: {hash: {key: \"${NOT_SET}\"}}}", "f.yaml:3:33: error: The environment variable 'NOT_SET' is not set; set it, or write ${NOT_SET:-default}.")]
    [InlineData("- time_window: {name: w, size: 5, measures: {n: count()}}", "f.yaml:3:34: error: 'size' takes a duration such as 30s, 5m, 1h or 7d, not '5'.")]
    [InlineData("- time_window: {name: w, size: 5m, measures: {n: cuont()}}", "f.yaml:3:52: error: There is no measure 'cuont'. Did you mean 'count'?")]
    [InlineData("- time_window: {name: w, size: 5m, measures: {n: sum()}}", "f.yaml:3:52: error: The measure 'sum' takes 1 argument(s), not 0.")]
    [InlineData("- filter: a\n    set: {b: c}", "f.yaml:4:5: error: An item is one component; 'set' is a second one.")]
    [InlineData("-", "f.yaml:3:4: error: An item is one component: its name, then its options.")]
    public void A_wrong_processor_is_explained_with_its_place(string item, string expected)
    {
        var error = Assert.Single(Errors($"pipeline: p\nprocessors:\n  {item}\nsink: null\n".Replace("sink: null", "sink: {file: out}", StringComparison.Ordinal)));
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "f.yaml:1:1: error: The file is empty")]
    [InlineData("- a", "f.yaml:1:1: error: A pipeline file is a map")]
    [InlineData("sink: {file: x}", "f.yaml:1:1: error: The pipeline has no name")]
    [InlineData("pipeline: Web Logs\nsink: {file: x}", "f.yaml:1:11: error: 'Web Logs' cannot be a pipeline's name: it takes a letter a-z")]
    [InlineData("pipeline: p", "f.yaml:1:1: error: The pipeline has no sink")]
    [InlineData("pipeline: p\nsink: {flie: x}", "f.yaml:2:8: error: There is no sink 'flie'. Did you mean 'file'?")]
    [InlineData("pipeline: p\nsnk: 1\nsink: {file: x}", "f.yaml:2:1: error: A pipeline has no part 'snk'. Did you mean 'sink'?")]
    [InlineData("pipeline: p\nsources: {file: x}\nsink: {file: x}", "f.yaml:2:10: error: Here stands a list")]
    [InlineData("pipeline: p\nsources: [{fil: x}]\nsink: {file: x}", "f.yaml:2:12: error: There is no source 'fil'. Did you mean 'file'?")]
    [InlineData("pipeline: p\nsources: [{file: {path: x, max_event: big}}]\nsink: {file: x}", "f.yaml:2:39: error: 'max_event' takes a size such as 512, 64kb or 1mb, not 'big'.")]
    [InlineData("pipeline: p\npipeline: q\nsink: {file: x}", "f.yaml:2:1: error: The YAML is wrong")]
    [InlineData("pipeline: p\nsink: {file: x", "f.yaml:")]
    [InlineData("pipeline: p\n? [a]\n: 1\nsink: {file: x}", "f.yaml:2:3: error: A pipeline has no part")]
    [InlineData("pipeline: p\nsink: {file: x}\ntests: [{nam: x}]", "f.yaml:3:10: error: A test has no part 'nam'. Did you mean 'name'?")]
    public void A_wrong_file_is_explained_with_its_place(string yaml, string expected) =>
        Assert.StartsWith(expected, Assert.Single(Errors(yaml)), StringComparison.Ordinal);

    [Fact]
    public void Every_mistake_of_a_file_is_reported() => Assert.Equal(
        [3, 4, 5],
        Diagnostics("pipeline: p\nprocessors:\n  - fliter: a\n  - set: {a: '1 +'}\nsink: {flie: x}\n").Select(d => d.Location.Line));

    [Fact]
    public void Two_keys_that_are_no_words_are_no_crash() => Assert.Equal(2, Errors("pipeline: p\n? [a]\n: 1\n? [b]\n: 2\nsink: {file: x}\n").Count);

    [Fact]
    public void An_alias_that_makes_a_document_endless_is_refused() =>
        Assert.Contains("too deep or too large", Assert.Single(Errors("pipeline: p\nsink: {file: x}\ntests: [{name: t, given: &g [*g]}]\n")), StringComparison.Ordinal);

    [Fact]
    public void Aliases_that_make_a_document_huge_are_refused()
    {
        var levels = string.Concat(Enumerable.Range(1, 9).Select(n => $", &l{n} [{string.Join(", ", Enumerable.Repeat($"*l{n - 1}", 9))}]"));
        Assert.Contains("too deep or too large", Assert.Single(Errors($"pipeline: p\nsink: {{file: x}}\ntests: [{{name: t, given: [&l0 [1]{levels}]}}]\n")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipeline_of_YAML_and_the_same_of_CSharp_are_one_definition()
    {
        const string Yaml = """
            pipeline: weblogs
            sources:
              - file: {path: in.log, max_event: 64kb}
              - stream: weblogs
            processors:
              - parse: {access_log: {ecs: true}}
              - geoip: {field: client_ip}
              - anonymize: {client_ip: truncate, user: {hash: {key: "${KEY:-demo}"}}, card: {mask: {keep_last: 4}}, mail: drop}
              - set: {is_error: "status >= 500"}
              - filter: "!path.startsWith('/health')"
              - route:
                  - {when: is_error, to: errors}
                  - {to: all, mode: move, via: stream}
              - remove: [ident]
              - rename: {a: b}
              - time_window: {name: traffic, size: 1m, lateness: 90s, by: [path], measures: {hits: count(), bytes: sum(bytes)}, to: traffic}
            sink:
              file: {path: out.csv, columns: [a, b]}
            """;
        var code = new PipelineDefinition
        {
            Name = "weblogs",
            Sources = [new FileSource { Path = "in.log", MaxEvent = new(65_536) }, new CloudPump.Hosting.StreamSource { Name = "weblogs" }],
            Processors =
            [
                new CloudPump.Parsers.AccessLog { Ecs = true },
                new CloudPump.Enrichers.Geoip { Field = "client_ip", Target = "geo" },
                new Anonymize
                {
                    Fields =
                    {
                        { "client_ip", new AnonymizeMethod { Truncate = new() } },
                        { "user", new AnonymizeMethod { Hash = new() { Key = "other" } } },
                        { "card", new AnonymizeMethod { Mask = new() { KeepLast = 4 } } },
                        { "mail", new AnonymizeMethod { Drop = new() } },
                    },
                },
                new Set { Fields = { { "is_error", "status >= 500" } } },
                new Filter { When = "!path.startsWith('/health')" },
                new Route { Rules = [new RouteRule { When = "is_error", To = "errors" }, new RouteRule { To = "all", Mode = RouteMode.Move, Via = RouteTransport.Stream }] },
                new Remove { Fields = ["ident"] },
                new Rename { Fields = { { "a", "b" } } },
                new TimeWindow
                {
                    Name = "traffic",
                    Size = TimeSpan.FromMinutes(1),
                    Lateness = TimeSpan.FromSeconds(90),
                    By = ["path"],
                    Measures = { { "hits", MeasureCall.Parse("count()") }, { "bytes", MeasureCall.Parse("sum(bytes)") } },
                    To = "traffic",
                },
            ],
            Sink = new FileSink { Path = "out.csv", Columns = ["a", "b"] },
        };
        var diagnostics = new List<Diagnostic>();
        var read = Assert.Single(Reader().Read("f.yaml", Yaml, diagnostics));
        Assert.Empty(diagnostics);
        Assert.Equal(DefinitionText.Of(code, Registry).ToJsonString(), DefinitionText.Of(read, Registry).ToJsonString());
        Assert.Equal(["errors", "all", "traffic"], read.Targets.Select(t => t.Pipeline));
        Assert.Equal("f.yaml:12:30", read.Targets.First().Location.ToString());
        foreach (var (one, two) in code.Processors.Zip(read.Processors))
        {
            Assert.Equal(DefinitionText.Generation(one, Registry), DefinitionText.Generation(two, Registry));
        }
    }

    [Fact]
    public void The_canonical_text_shows_no_secret_and_no_default()
    {
        var hash = new Anonymize { Fields = { { "a", new AnonymizeMethod { Hash = new() { Key = "secret" } } } } };
        Assert.Equal("""{"anonymize":{"a":{"hash":{"key":"***"}}}}""", DefinitionText.Of(hash, Registry).ToJsonString());
        Assert.Equal("""{"parse":{"json":{}}}""", DefinitionText.Of(new CloudPump.Parsers.Json { MaxDepth = 256 }, Registry).ToJsonString());
        Assert.Equal("""{"filter":"a"}""", DefinitionText.Of(new Filter { When = "a" }, Registry).ToJsonString());
    }

    [Fact]
    public void Another_definition_is_another_generation()
    {
        TimeWindow Window(int minutes, int shards) => new() { Name = "w", Size = TimeSpan.FromMinutes(minutes), Shards = shards };
        Assert.NotEqual(DefinitionText.Generation(Window(1, 1), Registry), DefinitionText.Generation(Window(2, 1), Registry));
        Assert.NotEqual(DefinitionText.Generation(Window(1, 1), Registry), DefinitionText.Generation(Window(1, 2), Registry));
    }

    [Theory]
    [InlineData("0s", "A window must be longer than nothing.")]
    [InlineData("10000d", "A window takes at most 3660d.")]
    public void The_size_of_a_window_has_bounds(string size, string message)
    {
        var diagnostics = new List<Diagnostic>();
        var read = Assert.Single(Reader().Read("f.yaml", $"pipeline: p\nprocessors: [{{time_window: {{name: w, size: {size}, measures: {{n: count()}}}}}}]\nsink: {{file: x}}", diagnostics));
        read.Processors[0].Check(new CheckReport(diagnostics));
        Assert.Equal($"f.yaml:2:44: error: {message}", Assert.Single(diagnostics).ToString());
    }

    [Fact]
    public void Several_documents_are_several_pipelines()
    {
        var diagnostics = new List<Diagnostic>();
        Assert.Equal(["a", "b"], Reader().Read("f.yaml", "pipeline: a\nsink: {file: x}\n---\npipeline: b\nsink: {file: y}\n", diagnostics).Select(p => p.Name));
        Assert.Empty(diagnostics);
    }

    private static PipelineReader Reader() => new(Registry, _ => null);

    private static List<Diagnostic> Diagnostics(string yaml)
    {
        var diagnostics = new List<Diagnostic>();
        Assert.Empty(Reader().Read("f.yaml", yaml, diagnostics));
        return diagnostics;
    }

    private static List<string> Errors(string yaml) => Diagnostics(yaml).ConvertAll(d => d.ToString());
}
