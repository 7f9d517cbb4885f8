using System.Net;
using CloudPump.Connectors.Http;
using CloudPump.Enrichers;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Http;

public sealed class EnrichHttpTests
{
    private readonly Server _server = new();

    [Fact]
    public async Task A_batch_asks_once_for_each_path_and_answers_are_remembered()
    {
        var bench = NewBench();
        var step = new EnrichHttp { Connection = "web", Path = "'a/' + k", Target = "o.r" }.Build(bench.Context, _server);
        Assert.Equal(
            ["""{"k":"x","o":{"r":{"path":"/a/x"}}}""", """{"k":"y","o":{"r":{"path":"/a/y"}}}""", """{"k":"x","o":{"r":{"path":"/a/x"}}}""", """{"n":1}"""],
            await RunAsync(bench, step, """{"k":"x"}""", """{"k":"y"}""", """{"k":"x"}""", """{"n":1}"""));
        await RunAsync(bench, step, """{"k":"x"}""");
        Assert.Equal(["/a/x", "/a/y"], _server.Asked.Order());
    }

    [Theory]
    [InlineData(MissingEntry.Skip, """{"k":"404"}""")]
    [InlineData(MissingEntry.Null, """{"k":"404","r":null}""")]
    [InlineData(MissingEntry.Dead, null)]
    public async Task What_the_server_does_not_know_is_treated_as_asked(MissingEntry missing, string? expected)
    {
        var bench = NewBench();
        Assert.Equal(expected is null ? [] : [expected], await RunAsync(bench, new EnrichHttp { Connection = "web", Path = "k", Target = "r", Missing = missing }.Build(bench.Context, _server), """{"k":"404"}"""));
        Assert.Equal(expected is null ? 1 : 0, bench.Batch.Failures.Count);
    }

    [Fact]
    public async Task A_server_that_fails_is_asked_again_and_then_the_events_are_dead_letters()
    {
        var bench = NewBench();
        var step = new EnrichHttp { Connection = "web", Path = "k", Target = "r", Attempts = 2 }.Build(bench.Context, _server);
        Assert.Empty(await RunAsync(bench, step, """{"k":"503"}""", """{"k":"400"}""", """{"k":"text"}""", """{"k":5}"""));
        Assert.Equal(
            ["The path 'k' is no text.", "The server answered 503.", "The server answered 400.", "The server's answer is no JSON."], bench.Batch.Failures.Select(f => f.Reason));
        Assert.Equal(2, _server.Asked.Count(p => p == "/503"));
        Assert.Equal(1, _server.Asked.Count(p => p == "/400"));
        await RunAsync(bench, step, """{"k":"503"}""");
        Assert.Equal(4, _server.Asked.Count(p => p == "/503"));
    }

    [Fact]
    public async Task No_more_than_allowed_are_asked_at_a_time()
    {
        var bench = NewBench();
        var step = new EnrichHttp { Connection = "web", Path = "k", Target = "r", Parallel = 3 }.Build(bench.Context, _server);
        Assert.Equal(40, (await RunAsync(bench, step, [.. Enumerable.Range(0, 40).Select(i => $$"""{"k":"p{{i}}"}""")])).Count);
        Assert.InRange(_server.Most, 1, 3);
    }

    private static Bench NewBench()
    {
        var connections = new ConnectionSet();
        connections.Add("web", "http", new HttpConnection { Url = HttpAddress.Parse("http://web.test/") });
        return new Bench(new BuildContext { Pipeline = "p", Time = TimeProvider.System, Connections = connections });
    }

    private static async Task<List<string>> RunAsync(Bench bench, IProcessor step, params string[] events)
    {
        bench.Batch.Clear();
        bench.Batch.AddOrigin(Bench.Origin);
        bench.Add(events).Run(new CloudPump.Parsers.Json());
        await ((IPreparedProcessor)step).PrepareAsync(bench.Batch, TestContext.Current.CancellationToken);
        return bench.Run(step).Events;
    }

    private sealed class Server : HttpMessageHandler
    {
        private int _now;

        public System.Collections.Concurrent.ConcurrentBag<string> Asked { get; } = [];

        public int Most { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            Asked.Add(path);
            Most = Math.Max(Most, Interlocked.Increment(ref _now));
            await Task.Yield();
            Interlocked.Decrement(ref _now);
            return path switch
            {
                "/404" or "/503" or "/400" => new HttpResponseMessage((HttpStatusCode)int.Parse(path[1..], System.Globalization.CultureInfo.InvariantCulture)),
                "/text" => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("no json") },
                _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$"""{"path":"{{path}}"}""") },
            };
        }
    }
}
