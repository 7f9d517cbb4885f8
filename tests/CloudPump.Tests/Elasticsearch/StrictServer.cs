using System.IO.Compression;
using System.Net;
using System.Text;

namespace CloudPump.Tests.Elasticsearch;

/// <summary>The stand-in behind a real socket of this machine.</summary>
internal sealed class StrictServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly StrictElasticsearch _elastic;
    private readonly string _below;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public StrictServer(StrictElasticsearch elastic, string below = "")
    {
        (_elastic, _below, _listener) = (elastic, below, Listen(out var address));
        Address = address + below.TrimStart('/');
        _running = RunAsync();
    }

    public string Address { get; }

    // A listener that is closed just when it is asked for the next request may never answer, so the wait for it ends by itself.
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Close();
        await _running;
        _stop.Dispose();
    }

    private static HttpListener Listen(out string address)
    {
        // The listener cannot choose a free port itself, and a port that was free may be taken meanwhile.
        for (var attempt = 0; ; attempt++)
        {
            using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            free.Start();
            address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
            free.Stop();
            var listener = new HttpListener { Prefixes = { address } };
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                listener.Close();
            }
        }
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync().WaitAsync(_stop.Token));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException or OperationCanceledException)
            {
                // The listener was stopped, or a client went away.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var request = context.Request;
        var body = new MemoryStream();
        var isPacked = request.Headers["Content-Encoding"] == "gzip";
        await using var input = isPacked ? new GZipStream(request.InputStream, CompressionMode.Decompress) : request.InputStream;
        await input.CopyToAsync(body);
        var path = request.Url!.AbsolutePath;
        path = path.StartsWith(_below, StringComparison.Ordinal) ? path[_below.Length..] : "/wrong";
        var answer = _elastic.Handle(request.HttpMethod, path, request.Url.Query, request.ContentType, request.Headers["Authorization"], body.ToArray());
        if (answer.Dies)
        {
            context.Response.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.Headers["X-Elastic-Product"] = "Elasticsearch";
        context.Response.ContentType = request.ContentType?.Contains("vnd.", StringComparison.Ordinal) == true ? "application/vnd.elasticsearch+json;compatible-with=9" : "application/json";
        if (answer.RetryAfter is not null)
        {
            context.Response.Headers["Retry-After"] = answer.RetryAfter;
        }

        // With its length known the answer goes out in one piece; in several, each would wait for the client's acknowledgement.
        var bytes = Encoding.UTF8.GetBytes(answer.Body);
        context.Response.ContentLength64 = bytes.Length;
        await context.Response.OutputStream.WriteAsync(bytes);
        context.Response.Close();
    }
}
