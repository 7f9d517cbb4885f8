using CloudPump.Hosting.Invocations;
using CloudPump.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace CloudPump.App.Http;

/// <summary>
/// GET /api/pipelines: each pipeline with its functions, the counts of this instance since it started, and the positions of the partitions that keep a row. The
/// counts of all instances together are the metrics.
/// </summary>
public sealed class PipelinesFunction(InvocationHost host, InvocationPorts ports)
{
    /// <summary>Lists the pipelines.</summary>
    [Function("cloudpump-pipelines")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "pipelines")] HttpRequest request, CancellationToken cancellationToken)
    {
        var pipelines = new List<object>();
        foreach (var pipeline in host.Set.Reachable())
        {
            var rows = await ports.Progress.ListAsync(pipeline.Name, cancellationToken);
            pipelines.Add(new
            {
                pipeline = pipeline.Name,
                description = pipeline.Description,
                functions = host.Topology.Inputs.Where(i => i.Pipeline == pipeline.Name).Select(i => new { name = i.Function, kind = i.Kind.ToString().ToLowerInvariant(), source = i.Entity }),
                accounting = Counts(host.AccountingOf(pipeline.Name)),
                partitions = rows.Select(r => new { partition = r.Progress.Partition, position = r.Progress.Position, moved = r.Moved }),
            });
        }

        return new OkObjectResult(pipelines);
    }

    private static object Counts(Accounting a) => new
    {
        received = a.Received,
        generated = a.Generated,
        delivered = a.Delivered,
        filtered = a.Filtered,
        moved = a.Moved,
        dead = a.Dead,
        in_flight = a.InFlight,
        late = a.Late,
    };
}
