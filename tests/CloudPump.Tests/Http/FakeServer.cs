using System.Net;

namespace CloudPump.Tests.Http;

/// <summary>An HTTP server that answers as told and keeps what it got.</summary>
internal sealed class FakeServer : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = [];

    public List<(string Method, string Address, string Body, string Key, string Type)> Requests { get; } = [];

    public List<string> Authorizations { get; } = [];

    /// <summary>The next answers; after them every request is taken.</summary>
    public FakeServer Answers(params HttpStatusCode[] codes)
    {
        foreach (var code in codes)
        {
            _answers.Enqueue(() => new HttpResponseMessage(code));
        }

        return this;
    }

    public FakeServer Answers(Func<HttpResponseMessage> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        var key = request.Headers.GetValues("Idempotency-Key").Single();
        Requests.Add((request.Method.Method, request.RequestUri!.ToString(), body, key, request.Content.Headers.ContentType!.ToString()));
        Authorizations.Add(request.Headers.Authorization?.ToString() ?? "");
        return _answers.TryDequeue(out var answer) ? answer() : new HttpResponseMessage(HttpStatusCode.Accepted);
    }
}
