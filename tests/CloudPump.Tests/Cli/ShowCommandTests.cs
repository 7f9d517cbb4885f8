using System.Text.Json;

namespace CloudPump.Tests.Cli;

public sealed class ShowCommandTests : IDisposable
{
    private const string Shop = """
        pipeline: shop
        description: Orders.
        sources:
          - stream: orders
        processors:
          - parse: json
          - anonymize: {user: {hash: {key: "very-secret"}}, ip: truncate}
          - route:
              - {when: "total > 100", to: big, mode: move, via: stream}
              - {to: all}
          - time_window: {name: sales, size: 1m, measures: {sum: sum(total)}, to: big}
          - time_window: {name: other, size: 1h, measures: {n: count()}}
        sink:
          file: out.ndjson
        """;

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Draws_the_pipeline_and_those_it_sends_to()
    {
        Assert.Equal(0, await _cli.RunAsync("show", Pipelines()));
        Assert.Equal(
            """
            shop: Orders.
              stream: orders
                |
                v
              parse: json
              anonymize: {user: {hash: {key: ***}}, ip: truncate}
              route
                +--> big  when total > 100, moved, via a stream
                +--> all  all events
              time_window: {name: sales, size: 1m, measures: {sum: sum(total)}}
                +--> big  results
              time_window: {name: other, size: 1h, measures: {n: count()}}
                +--> (stream findings)  results
                |
                v
              file: out.ndjson
            all
              (from shop)
                |
                v
              null
            big
              (from shop)
                |
                v
              null
            """.ReplaceLineEndings("\n"),
            string.Join('\n', _cli.Lines));
    }

    [Fact]
    public async Task Prints_the_definition_as_json_without_secrets()
    {
        Assert.Equal(0, await _cli.RunAsync("show", Pipelines(), "--json"));
        Assert.DoesNotContain("very-secret", _cli.Output, StringComparison.Ordinal);
        var definition = JsonElement.Parse(_cli.Output);
        Assert.Equal("shop", definition.GetProperty("pipeline").GetString());
        Assert.Equal(5, definition.GetProperty("processors").GetArrayLength());
    }

    [Fact]
    public async Task A_file_with_mistakes_is_reported()
    {
        var file = _cli.File("a.yaml", "pipeline: a\nsink:\n  consol: {}\n");
        Assert.Equal(1, await _cli.RunAsync("show", file));
        Assert.Equal($"{file}:3:3: error: There is no sink 'consol'. Did you mean 'console'?", _cli.Error.TrimEnd());
    }

    private string Pipelines()
    {
        _cli.File("big.yaml", "pipeline: big\nsink:\n  'null': {}\n");
        _cli.File("all.yaml", "pipeline: all\nsink:\n  'null': {}\n");
        return _cli.File("shop.yaml", Shop);
    }
}
