using CloudPump.Hosting.Invocations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CloudPump.App.Http;

/// <summary>GET /api/health: 200 when the pipelines are loaded and the storage answers, else 503 with what does not.</summary>
public sealed class HealthFunction(InvocationHost host, InvocationPorts ports, ILogger<HealthFunction> log)
{
    /// <summary>Asks each dependency for something that is not there: that costs next to nothing.</summary>
    [Function("cloudpump-health")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request, CancellationToken cancellationToken)
    {
        var failing = new List<string>();
        await TryAsync("tables", () => ports.Progress.FindAsync("-", "-", cancellationToken), failing, cancellationToken);
        await TryAsync("blobs", () => ports.Blobs.GetAsync(BlobContainers.State, "-", cancellationToken), failing, cancellationToken);
        var status = failing.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return new ObjectResult(new { status = failing.Count == 0 ? "ok" : "failing", pipelines = host.Set.Pipelines.Count, failing }) { StatusCode = status };
    }

    // Anybody may ask, so the answer tells what fails and not why; the log has the rest.
    private async Task TryAsync(string what, Func<Task> ask, List<string> failing, CancellationToken cancellationToken)
    {
        try
        {
            await ask();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogWarning(e, "Health: {What} fail.", what);
            failing.Add(what);
        }
    }
}
