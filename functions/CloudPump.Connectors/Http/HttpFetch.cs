using System.Net;
using CloudPump.Lookups;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Http;

/// <summary>Gets something from a server for a lookup.</summary>
internal static class HttpFetch
{
    /// <summary>Asks for a path and hands the answer out, unless the server says that it is as the state (an ETag) tells; returns the new state.</summary>
    /// <param name="load">The lookup.</param>
    /// <param name="name">The connection.</param>
    /// <param name="path">The path below it.</param>
    /// <param name="state">The ETag of the last answer; null for none.</param>
    /// <param name="take">Takes the answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LookupException">The server cannot be reached or refuses.</exception>
    public static async Task<string?> GetAsync(
        LookupLoad load, string name, string path, string? state, Func<Stream, Task> take, CancellationToken cancellationToken)
    {
        var connection = load.Connections.Find<HttpConnection>(name) ?? throw new LookupException($"The connection '{name}' of the lookup '{load.Name}' has mistakes.");
        using var client = connection.CreateClient();
        using var limit = new CancellationTokenSource(connection.Timeout, load.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var address = connection.Url.With(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (state is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", state);
        }

        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            if (response.StatusCode == HttpStatusCode.NotModified)
            {
                load.IsUnchanged = true;
                return state;
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new LookupException($"{address.GetLeftPart(UriPartial.Path)} answered {(int)response.StatusCode} to the lookup '{load.Name}'.");
            }

            await using var body = await response.Content.ReadAsStreamAsync(stop.Token);
            await take(body);
            return response.Headers.ETag?.ToString();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new LookupException($"{address.GetLeftPart(UriPartial.Path)} cannot be reached for the lookup '{load.Name}': {(e is OperationCanceledException ? "no answer in time" : e.Message)}", e);
        }
    }
}
