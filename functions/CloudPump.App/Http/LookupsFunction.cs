using System.Globalization;
using CloudPump.Hosting.Invocations;
using CloudPump.Lookups;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace CloudPump.App.Http;

/// <summary>Publishes lookups for instances that follow them.</summary>
public sealed class LookupsFunction(InvocationHost host)
{
    /// <summary>GET /api/lookups/NAME?epoch=E&amp;since=N: what has changed since then; everything without them.</summary>
    [Function("cloudpump-lookups")]
    public async Task<IActionResult> ChangesAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "lookups/{name}")] HttpRequest request, string name, CancellationToken cancellationToken)
    {
        if (await host.FindLookupAsync(name, cancellationToken) is not { } lookup)
        {
            return new NotFoundObjectResult(new { error = $"There is no lookup '{name}' in use here." });
        }

        _ = ulong.TryParse(request.Query["epoch"], CultureInfo.InvariantCulture, out var epoch);
        _ = uint.TryParse(request.Query["since"], CultureInfo.InvariantCulture, out var since);
        return new FileContentResult(LookupPublisher.ChangesOf(lookup, epoch, since), LookupPublisher.ContentType);
    }
}
