using CloudPump.App.Messaging;
using CloudPump.App.Triggers;
using CloudPump.Hosting.Invocations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace CloudPump.App.Http;

/// <summary>
/// POST /api/ingest/PIPELINE: one event a line. They are put into the pipeline's stream, or its subscription, and are durable when the answer comes; events with
/// the same `key` (a query parameter) stay in order.
/// </summary>
public sealed class IngestFunction(InvocationHost host)
{
    private const int LargestBody = 16 << 20;

    /// <summary>Takes events.</summary>
    [Function(Templates.Http)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Templates.Placeholder)] HttpRequest request, FunctionContext context, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        if (request.ContentLength > LargestBody || !await TryReadAsync(request.Body, body, cancellationToken))
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, $"A request takes {LargestBody} bytes at most; send several.");
        }

        var events = Lines(body.GetBuffer().AsMemory(0, (int)body.Length));
        try
        {
            await host.IngestAsync(host.InputOf(context.FunctionDefinition.Name), events, request.Query["key"].FirstOrDefault(), cancellationToken);
        }
        catch (EventTooLargeException e)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, e.Message);
        }

        return new AcceptedResult((string?)null, new { accepted = events.Count });
    }

    private static ObjectResult Problem(int status, string text) => new(new { error = text }) { StatusCode = status };

    private static async Task<bool> TryReadAsync(Stream from, MemoryStream to, CancellationToken cancellationToken)
    {
        var part = new byte[64 << 10];
        for (int read; (read = await from.ReadAsync(part, cancellationToken)) > 0;)
        {
            if (to.Length + read > LargestBody)
            {
                return false;
            }

            to.Write(part, 0, read);
        }

        return true;
    }

    private static List<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> body)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        foreach (var range in body.Span.Split((byte)'\n'))
        {
            var line = body[range];
            line = line.Span is [.., (byte)'\r'] ? line[..^1] : line;
            if (line.Length > 0)
            {
                lines.Add(line);
            }
        }

        return lines;
    }
}
