using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace CloudPump.Connectors.Http;

/// <summary>Sends one body until the server takes or refuses it; what may pass is tried again a few times.</summary>
internal sealed class HttpSender(HttpClient client, HttpMethod method, Uri address, TimeSpan timeout, TimeProvider time) : IDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly MediaTypeHeaderValue Ndjson = new("application/x-ndjson");

    // A key may stand in the query, so messages leave it out.
    private string Place => address.GetLeftPart(UriPartial.Path);

    /// <summary>Sends a body; returns why the server refuses it for good, or null when it took it.</summary>
    /// <exception cref="HttpRequestException">It did not pass in several attempts.</exception>
    public async ValueTask<string?> SendAsync(byte[] body, string key, CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        for (var attempt = 1; ; attempt++)
        {
            var (done, text, asked) = await TryAsync(body, key, cancellationToken);
            if (done)
            {
                return text;
            }

            if (attempt == Attempts)
            {
                throw new HttpRequestException($"{Place} {text} ({Attempts} attempts).");
            }

            var pause = asked ?? wait;
            await Task.Delay(pause < LongestWait ? pause : LongestWait, time, cancellationToken);
            wait *= 2;
        }
    }

    public void Dispose() => client.Dispose();

    private async ValueTask<(bool Done, string? Text, TimeSpan? Wait)> TryAsync(byte[] body, string key, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = new HttpRequestMessage(method, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = Ndjson;
        request.Headers.Add("Idempotency-Key", key);
        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, "did not answer in time", null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (false, $"cannot be reached: {e.Message}", null);
        }

        using (response)
        {
            return Judge(response);
        }
    }

    private (bool Done, string? Text, TimeSpan? Wait) Judge(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var answer = string.Create(CultureInfo.InvariantCulture, $"answered {status} ({response.ReasonPhrase ?? response.StatusCode.ToString()})");
        return status switch
        {
            >= 200 and < 300 => (true, null, null),
            < 400 => throw new HttpRequestException($"{Place} {answer}; redirects are not followed: put the right address into the connection."),
            (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests or >= 500 => (false, answer, AskedWait(response)),
            _ => (true, $"{Place} {answer}", null),
        };
    }

    private TimeSpan? AskedWait(HttpResponseMessage response)
    {
        var after = response.Headers.RetryAfter;
        var wait = after?.Delta ?? (after?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
