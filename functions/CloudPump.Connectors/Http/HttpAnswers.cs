using System.Net;
using System.Text.Json;

namespace CloudPump.Connectors.Http;

/// <summary>The answers of a server, by path: asked many at a time, tried again when it fails, remembered for a while.</summary>
internal sealed class HttpAnswers(HttpConnection connection, HttpMessageHandler? handler, EnrichHttp options, TimeProvider time)
{
    private const int MostKept = 50_000;
    private const int LargestAnswer = 1 << 20;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private readonly HttpClient _client = connection.CreateClient(handler);
    private readonly Dictionary<string, HttpAnswer> _known = new(StringComparer.Ordinal);

    /// <summary>The answer for a path; null when it was not asked for.</summary>
    public HttpAnswer? Find(string path) => _known.GetValueOrDefault(path);

    /// <summary>Asks for the paths that are not known, or no longer.</summary>
    public async Task AskAsync(IReadOnlySet<string> paths, CancellationToken cancellationToken)
    {
        if (_known.Count > MostKept)
        {
            _known.Clear();
        }

        using var turns = new SemaphoreSlim(options.Parallel);
        var asked = paths.Where(p => !IsKnown(p)).Select(async path =>
        {
            await turns.WaitAsync(cancellationToken);
            try
            {
                return (path, await AskAsync(path, cancellationToken));
            }
            finally
            {
                turns.Release();
            }
        });
        foreach (var (path, answer) in await Task.WhenAll(asked))
        {
            _known[path] = answer;
        }
    }

    // A failure is not remembered: the next batch tries again.
    private bool IsKnown(string path) => _known.TryGetValue(path, out var answer) && answer.Problem is null && time.GetElapsedTime(answer.Asked) < options.Cache;

    private async Task<HttpAnswer> AskAsync(string path, CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        for (var attempt = 1; ; attempt++)
        {
            var (answer, mayPass) = await TryAsync(path, cancellationToken);
            if (!mayPass || attempt >= options.Attempts)
            {
                return answer;
            }

            await Task.Delay(wait, time, cancellationToken);
            wait *= 2;
        }
    }

    private async Task<(HttpAnswer Answer, bool MayPass)> TryAsync(string path, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(connection.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await _client.GetAsync(connection.Url.With(path), HttpCompletionOption.ResponseContentRead, stop.Token);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.NoContent)
            {
                return (Answer(null, null), false);
            }

            if (!response.IsSuccessStatusCode)
            {
                var mayPass = (int)response.StatusCode >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
                return (Answer(null, $"The server answered {(int)response.StatusCode}."), mayPass);
            }

            return (Checked(await response.Content.ReadAsByteArrayAsync(stop.Token)), false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (Answer(null, "The server did not answer in time."), true);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (Answer(null, $"The server cannot be reached: {e.Message}"), true);
        }
    }

    private HttpAnswer Checked(byte[] body)
    {
        if (body.Length > LargestAnswer)
        {
            return Answer(null, $"The server's answer is larger than {LargestAnswer} bytes.");
        }

        try
        {
            JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 256 }).Dispose();
            return Answer(body, null);
        }
        catch (JsonException)
        {
            return Answer(null, "The server's answer is no JSON.");
        }
    }

    private HttpAnswer Answer(byte[]? json, string? problem) => new(json, problem, time.GetTimestamp());
}
