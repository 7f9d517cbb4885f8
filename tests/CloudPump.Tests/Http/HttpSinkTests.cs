using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CloudPump.Connectors.Http;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Http;

public sealed class HttpSinkTests : IDisposable
{
    private readonly FakeServer _server = new();
    private readonly JumpingTime _time = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Posts_events_as_ndjson_with_the_connections_headers()
    {
        await using var sink = Sink(new HttpSink { Connection = "web", Path = "/ingest?a=1" });
        await sink.WriteAsync(Batch(2), default);
        var request = Assert.Single(_server.Requests);
        Assert.Equal(("POST", "https://example.org/api/ingest?a=1", "application/x-ndjson"), (request.Method, request.Address, request.Type));
        Assert.Equal("{\"message\":\"event 0\"}\n{\"message\":\"event 1\"}\n", request.Body);
        Assert.Equal("Bearer secret", _server.Authorizations[0]);
        Assert.Null(await sink.FlushAsync(default));
    }

    [Theory]
    [InlineData(3, 1 << 20, new[] { 3, 3, 1 })]
    [InlineData(100, 50, new[] { 2, 2, 2, 1 })]
    [InlineData(100, 1, new[] { 1, 1, 1, 1, 1, 1, 1 })]
    public async Task Cuts_a_batch_into_requests(int maxEvents, int maxBytes, int[] counts)
    {
        await using var sink = Sink(new HttpSink { Connection = "web", Method = HttpSinkMethod.Put, MaxEvents = maxEvents, MaxBytes = new ByteSize(maxBytes) });
        await sink.WriteAsync(Batch(7), default);
        Assert.Equal(counts, _server.Requests.Select(r => r.Body.Count(c => c == '\n')));
        Assert.Equal(counts.Length, _server.Requests.Select(r => r.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.All(_server.Requests, r => Assert.Equal("PUT", r.Method));
    }

    [Fact]
    public async Task Tries_again_what_may_pass_under_the_same_key()
    {
        _server.Answers(HttpStatusCode.ServiceUnavailable, HttpStatusCode.InternalServerError, HttpStatusCode.RequestTimeout);
        _server.Answers(() => throw new HttpRequestException("no route"));
        await using var sink = Sink(new HttpSink { Connection = "web" });
        var batch = Batch(2);
        await sink.WriteAsync(batch, default);
        Assert.Equal(5, _server.Requests.Count);
        Assert.Single(_server.Requests.Select(r => (r.Key, r.Body)).Distinct());
        Assert.Equal([250, 500, 1000, 2000], _time.Waits.Select(w => w.TotalMilliseconds));
        Assert.Empty(batch.Failures);
    }

    [Fact]
    public async Task Waits_as_long_as_the_server_asks()
    {
        _server.Answers(() => Busy(new RetryConditionHeaderValue(TimeSpan.FromSeconds(7))));
        _server.Answers(() => Busy(new RetryConditionHeaderValue(JumpingTime.Now.AddSeconds(3))));
        _server.Answers(() => Busy(new RetryConditionHeaderValue(TimeSpan.FromHours(3))));
        await using var sink = Sink(new HttpSink { Connection = "web" });
        await sink.WriteAsync(Batch(1), default);
        Assert.Equal([7, 3, 60], _time.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task What_the_server_refuses_for_good_becomes_dead_letters()
    {
        _server.Answers(HttpStatusCode.Accepted, HttpStatusCode.BadRequest);
        await using var sink = Sink(new HttpSink { Connection = "web", Path = "in?key=hidden", MaxEvents = 2 });
        var batch = Batch(5);
        await sink.WriteAsync(batch, default);
        Assert.Equal([2, 3], batch.Failures.Select(f => f.Row));
        Assert.Equal("https://example.org/api/in answered 400 (Bad Request) to a request with 2 event(s), this one among them.", batch.Failures[0].Reason);
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task After_a_failure_only_the_rest_of_the_batch_is_sent()
    {
        _server.Answers(HttpStatusCode.OK, HttpStatusCode.NotFound);
        _server.Answers([.. Enumerable.Repeat(HttpStatusCode.BadGateway, 5)]);
        await using var sink = Sink(new HttpSink { Connection = "web", MaxEvents = 2 });
        var batch = Batch(6);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => sink.WriteAsync(batch, default).AsTask());
        Assert.Equal("https://example.org/api answered 502 (Bad Gateway) (5 attempts).", error.Message);
        _server.Requests.Clear();
        await sink.WriteAsync(batch, default);
        Assert.Equal("{\"message\":\"event 4\"}\n{\"message\":\"event 5\"}\n", Assert.Single(_server.Requests).Body);
        Assert.Equal(2, batch.Failures.Count);

        await sink.WriteAsync(Batch(6, offset: 6), default);
        Assert.Equal(4, _server.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_but_said()
    {
        _server.Answers(HttpStatusCode.MovedPermanently);
        await using var sink = Sink(new HttpSink { Connection = "web" });
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => sink.WriteAsync(Batch(1), default).AsTask());
        Assert.Contains("put the right address into the connection", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stays_silent_counts_as_failed()
    {
        using var silent = new SilentServer();
        await using var sink = Sink(new HttpSink { Connection = "web" }, silent);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => sink.WriteAsync(Batch(1), default).AsTask());
        Assert.Contains("did not answer in time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Talks_to_a_real_server()
    {
        using var listener = Listen(out var address);
        var connections = new ConnectionSet();
        connections.Add("web", "http", new HttpConnection { Url = HttpAddress.Parse(address) });
        await using var sink = new HttpSink { Connection = "web", Path = "in" }.Build(new BuildContext { Pipeline = "p", Connections = connections });
        var writing = sink.WriteAsync(Batch(2), default).AsTask();
        var context = await listener.GetContextAsync();
        using var reader = new StreamReader(context.Request.InputStream);
        Assert.Equal("{\"message\":\"event 0\"}\n{\"message\":\"event 1\"}\n", await reader.ReadToEndAsync());
        Assert.Equal(("POST", "/in"), (context.Request.HttpMethod, context.Request.Url!.AbsolutePath));
        context.Response.StatusCode = 204;
        context.Response.Close();
        await writing;
    }

    [Theory]
    [InlineData("ftp://example.org/")]
    [InlineData("example.org")]
    [InlineData("https://me:pass@example.org/")]
    public void An_address_that_cannot_be_used_is_seen_when_the_file_is_read(string url) =>
        Assert.Throws<CloudPump.Expressions.ExpressionException>(() => HttpAddress.Parse(url));

    private static HttpListener Listen(out string address)
    {
        // The listener cannot choose a free port itself.
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        free.Start();
        address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        var listener = new HttpListener { Prefixes = { address } };
        listener.Start();
        return listener;
    }

    private static HttpResponseMessage Busy(RetryConditionHeaderValue after)
    {
        var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter = after;
        return response;
    }

    private ISink Sink(HttpSink definition, HttpMessageHandler? server = null)
    {
        // The fake server answers at once, so its timeout must not go off; the silent one's must.
        var timeout = server is null ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(30);
        var connection = new HttpConnection { Url = HttpAddress.Parse("https://example.org/api"), Timeout = timeout };
        connection.Headers.Add("Authorization", "Bearer secret");
        var connections = new ConnectionSet();
        connections.Add("web", "http", connection);
        return definition.Build(new BuildContext { Pipeline = "p", Time = _time, Connections = connections }, server ?? _server);
    }

    private static EventBatch Batch(int count, int offset = 0)
    {
        var batch = new EventBatch(new FieldTable());
        batch.AddOrigin(new Origin("test", 0));
        for (var i = offset; i < offset + count; i++)
        {
            var bytes = Encoding.UTF8.GetBytes($"event {i}");
            batch.Add(new EventHeader { RawOffset = batch.Append(bytes), RawLength = bytes.Length, Offset = i });
        }

        return batch;
    }

    private sealed class SilentServer : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("Nobody waits for ever.");
        }
    }
}
