using System.Globalization;
using CloudPump.Connectors.Elasticsearch;
using CloudPump.Events;
using Elastic.Transport;

namespace CloudPump.App.Elasticsearch;

/// <summary>Carries bodies by the transport of the vendor's client, which brings its connection pool and its telemetry.</summary>
internal sealed class ElasticBulkTransport(ITransport transport, TimeProvider time) : IBulkTransport
{
    private const int Piece = 32 << 10;
    private const string RetryAfter = "Retry-After";
    private static readonly EndpointPath Endpoint = new(Elastic.Transport.HttpMethod.POST, IBulkTransportFactory.Path);
    private static readonly RequestConfiguration Request = new()
    {
        ContentType = "application/x-ndjson",
        Accept = "application/json",
        ResponseHeadersToParse = new HeadersList(RetryAfter),
    };

    private readonly ByteBuffer _answer = new(Piece);

    /// <inheritdoc/>
    public async ValueTask<BulkAnswer> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await transport.RequestAsync<StreamResponse>(Endpoint, PostData.ReadOnlyMemory(body), null, Request, cancellationToken);
            var details = response.ApiCallDetails;
            if (details.HttpStatusCode is not { } status)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return BulkAnswer.None(Fault(details.OriginalException));
            }

            await ReadAsync(response.Body, cancellationToken);
            return new BulkAnswer(status, _answer.WrittenMemory, AskedWait(details));
        }
        catch (Exception e) when (e is TransportException or IOException or HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return BulkAnswer.None(Fault(e));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => (transport.Configuration as IDisposable)?.Dispose();

    // The innermost message names the cause; those around it repeat the request.
    private static string Fault(Exception? error)
    {
        var cause = error;
        for (; cause is not null and not OperationCanceledException and not TimeoutException && cause.InnerException is not null; cause = cause.InnerException)
        {
        }

        return cause switch
        {
            null => "did not answer",
            OperationCanceledException or TimeoutException => "did not answer in time",
            _ => $"cannot be reached: {cause.Message}",
        };
    }

    private async ValueTask ReadAsync(Stream? stream, CancellationToken cancellationToken)
    {
        _answer.Clear();
        for (var read = stream is null ? 0 : 1; read > 0;)
        {
            read = await stream!.ReadAsync(_answer.GetMemory(Piece), cancellationToken);
            _answer.Advance(read);
        }
    }

    private TimeSpan? AskedWait(ApiCallDetails details)
    {
        if (!details.TryGetHeader(RetryAfter, out var values) || values.FirstOrDefault() is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date - time.GetUtcNow() : null;
    }
}
