using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPump.App.Analyzers;
using CloudPump.App.Http;
using CloudPump.Hosting.Invocations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CloudPump.Tests.App;

/// <summary>Calls the HTTP functions of a process, and reads their answers as a caller does.</summary>
internal sealed class AppHttp(AppProcess process, DurableTaskClient client)
{
    private readonly DeadLettersFunction _letters = new(process.Host, process.Get<InvocationPorts>(), process.Get<EntitySignals>());

    public Task<(int Status, JsonNode Body)> IngestAsync(string pipeline, string body, string query = "") => IngestAsync(pipeline, Encoding.UTF8.GetBytes(body), query);

    public Task<(int Status, JsonNode Body)> IngestAsync(string pipeline, byte[] body, string query = "", bool tellsLength = true) => Answer(
        new IngestFunction(process.Host).RunAsync(Request(query, body, tellsLength), AppProcess.ContextOf(pipeline + "-http"), CancellationToken.None));

    public Task<(int Status, JsonNode Body)> HealthAsync() =>
        Answer(new HealthFunction(process.Host, process.Get<InvocationPorts>(), process.Get<ILogger<HealthFunction>>()).RunAsync(Request(), CancellationToken.None));

    public Task<(int Status, JsonNode Body)> PipelinesAsync() =>
        Answer(new PipelinesFunction(process.Host, process.Get<InvocationPorts>()).RunAsync(Request(), CancellationToken.None));

    public Task<(int Status, JsonNode Body)> ListAsync(string pipeline, string query = "") => Answer(_letters.ListAsync(Request(query), pipeline, CancellationToken.None));

    public Task<(int Status, JsonNode Body)> ShowAsync(string pipeline, string id) => Answer(_letters.ShowAsync(Request(), pipeline, id, CancellationToken.None));

    public Task<(int Status, JsonNode Body)> ReplayAsync(string pipeline, string? id = null, CancellationToken cancellationToken = default) =>
        Answer(_letters.ReplayAsync(Request(id is null ? "" : "?id=" + Uri.EscapeDataString(id)), pipeline, client, cancellationToken));

    private static HttpRequest Request(string query = "", byte[]? body = null, bool tellsLength = true)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        request.Body = new MemoryStream(body ?? []);
        request.ContentLength = tellsLength ? body?.Length : null;
        return request;
    }

    // What ASP.NET Core makes of a result.
    private static async Task<(int Status, JsonNode Body)> Answer(Task<IActionResult> running)
    {
        var result = Assert.IsAssignableFrom<ObjectResult>(await running);
        return (result.StatusCode ?? 200, JsonSerializer.SerializeToNode(result.Value, JsonSerializerOptions.Web)!);
    }
}
