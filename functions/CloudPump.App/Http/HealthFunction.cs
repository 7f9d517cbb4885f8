using CloudPump.Hosting.Invocations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace CloudPump.App.Http;

/// <summary>GET /api/health: 200 when the pipelines are loaded and the storage answers, else 503 with what does not.</summary>
public sealed class HealthFunction(InvocationHost host, InvocationPorts ports)
{
    /// <summary>Asks each dependency for something that is not there: that costs next to nothing.</summary>
    [Function("cloudpump-health")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request, CancellationToken cancellationToken)
    {
        var failing = new List<string>();
        await TryAsync("tables", () => ports.Progress.FindAsync("-", "-", cancellationToken), failing);
        await TryAsync("blobs", () => ports.Blobs.GetAsync(BlobContainers.State, "-", cancellationToken), failing);
        var status = failing.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return new ObjectResult(new { status = failing.Count == 0 ? "ok" : "failing", pipelines = host.Set.Pipelines.Count, failing }) { StatusCode = status };
    }

    // Anybody may ask, so the answer tells what fails and not why; the log has the rest.
    private static async Task TryAsync(string what, Func<Task> ask, List<string> failing)
    {
        try
        {
            await ask();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failing.Add(what);
        }
    }
}
