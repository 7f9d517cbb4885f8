using System.Net.Http.Headers;
using System.Text;
using CloudPump.Events;

namespace CloudPump.Connectors.Elasticsearch;

/// <summary>Carries bodies by the plain HTTP client.</summary>
internal sealed class HttpBulkTransport : IBulkTransport
{
    private const int Piece = 32 << 10;
    private static readonly MediaTypeHeaderValue Ndjson = new("application/x-ndjson");
    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");
    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly ByteBuffer _answer = new(Piece);

    public HttpBulkTransport(HttpClient client, ElasticsearchConnection connection, TimeProvider time)
    {
        (_client, _timeout, _time) = (client, connection.Timeout, time);
        _client.Timeout = Timeout.InfiniteTimeSpan;
        _address = connection.Url.With(IBulkTransportFactory.Path);
        _authorization = connection switch
        {
            { ApiKey: { } key } => new AuthenticationHeaderValue("ApiKey", key),
            { User: { } user } => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{connection.Password}"))),
            _ => null,
        };
    }

    public async ValueTask<BulkAnswer> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = Ndjson;
        request.Headers.Accept.Add(Json);
        request.Headers.Authorization = _authorization;
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            await ReadAsync(response.Content, stop.Token);
            return new BulkAnswer((int)response.StatusCode, _answer.WrittenMemory, AskedWait(response));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return BulkAnswer.None("did not answer in time");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return BulkAnswer.None($"cannot be reached: {e.Message}");
        }
    }

    public void Dispose() => _client.Dispose();

    private async ValueTask ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        _answer.Clear();
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        for (var read = 1; read > 0;)
        {
            read = await stream.ReadAsync(_answer.GetMemory(Piece), cancellationToken);
            _answer.Advance(read);
        }
    }

    private TimeSpan? AskedWait(HttpResponseMessage response)
    {
        var after = response.Headers.RetryAfter;
        return after?.Delta ?? (after?.Date is { } date ? date - _time.GetUtcNow() : null);
    }
}
