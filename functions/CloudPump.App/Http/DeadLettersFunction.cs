using System.Globalization;
using CloudPump.App.Analyzers;
using CloudPump.Hosting.Invocations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CloudPump.App.Http;

/// <summary>Dead letters: GET lists them, GET with an id shows one whole, POST replay takes them through their pipeline again.</summary>
public sealed class DeadLettersFunction(InvocationHost host, InvocationPorts ports, EntitySignals signals)
{
    private const int Most = 1_000;

    /// <summary>GET /api/deadletters/PIPELINE?most=100.</summary>
    [Function("cloudpump-deadletters")]
    public async Task<IActionResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "deadletters/{pipeline}")] HttpRequest request, string pipeline, CancellationToken cancellationToken)
    {
        var most = int.TryParse(request.Query["most"], CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, Most) : 100;
        return Knows(pipeline) ?? new OkObjectResult((await ports.DeadLetters.ListAsync(pipeline, most, cancellationToken)).Select(DeadLetterJson.Line));
    }

    /// <summary>GET /api/deadletters/PIPELINE/ID: the letter with its original bytes, and its fields as they were when it failed.</summary>
    [Function("cloudpump-deadletter")]
    public async Task<IActionResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "deadletters/{pipeline}/{id}")] HttpRequest request, string pipeline, string id, CancellationToken cancellationToken)
    {
        if (Knows(pipeline) is { } unknown)
        {
            return unknown;
        }

        return await ports.DeadLetters.FindAsync(pipeline, id, cancellationToken) is { } letter
            ? new OkObjectResult(DeadLetterJson.Whole(letter))
            : new NotFoundObjectResult(new { error = $"The pipeline '{pipeline}' has no dead letter of this id." });
    }

    /// <summary>POST /api/deadletters/PIPELINE/replay?id=ID; without an id all of them.</summary>
    [Function("cloudpump-deadletters-replay")]
    public async Task<IActionResult> ReplayAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "deadletters/{pipeline}/replay")] HttpRequest request,
        string pipeline, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        signals.Use(client);
        return Knows(pipeline) ?? new OkObjectResult(new { replayed = await host.ReplayAsync(pipeline, request.Query["id"].FirstOrDefault(), cancellationToken) });
    }

    private IActionResult? Knows(string pipeline) => host.Set.Find(pipeline) is null ? new NotFoundObjectResult(new { error = $"There is no pipeline '{pipeline}'." }) : null;
}
