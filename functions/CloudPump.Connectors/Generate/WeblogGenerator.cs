using System.Buffers;

namespace CloudPump.Connectors.Generate;

/// <summary>
/// Access log lines (Apache combined format) of a web shop: popular and rare pages, regular visitors, errors, robots, health checks.
/// </summary>
internal sealed class WeblogGenerator(long seed) : ISampleGenerator
{
    private const int HealthPerMille = 8;
    private const int OneInKnownUser = 23;
    private const int NotModified = 1;
    private static readonly int[] Statuses = [200, 304, 302, 404, 403, 401, 429, 500, 503, 502];
    private static readonly double[] StatusWeights = [81.2, 5.6, 2.2, 6.0, 0.9, 0.7, 0.4, 1.5, 0.9, 0.6];

    private readonly ClientAddresses _clients = new(seed);
    private readonly byte[][] _requests = WeblogVocabulary.CreateRequests();
    private readonly WeightedChoice _request = WeightedChoice.Zipf(WeblogVocabulary.CreateRequests().Length, quarters: 4);
    private readonly WeightedChoice _status = new(StatusWeights);
    private readonly WeightedChoice _agent = WeightedChoice.Zipf(WeblogVocabulary.Agents.Length, quarters: 6);
    private readonly WeightedChoice _referrer = WeightedChoice.Zipf(WeblogVocabulary.Referrers.Length, quarters: 5);

    public string Name => "weblogs";

    public void Write(long number, DateTimeOffset time, IBufferWriter<byte> output)
    {
        var random = new SampleRandom(seed, number);
        var client = _clients.Pick(ref random);
        var line = new LineWriter(output);
        line.Text(_clients[client]);
        line.Text(" - "u8);
        line.Text(client % OneInKnownUser == 0 ? WeblogVocabulary.Users[client % WeblogVocabulary.Users.Length] : "-"u8);
        line.Text(" ["u8);
        line.AccessLogTime(time);
        line.Text("] \""u8);
        if (random.Chance(HealthPerMille))
        {
            line.Text("GET /health HTTP/1.1\" 200 2 \"-\" \"uptime-check/2.4"u8);
        }
        else
        {
            WriteRequest(ref line, ref random, client);
        }

        line.Text("\""u8);
        line.Finish();
    }

    private void WriteRequest(ref LineWriter line, ref SampleRandom random, int client)
    {
        var request = _request.Pick(ref random);
        var status = _status.Pick(ref random);
        line.Text(_requests[request]);
        line.Text("\" "u8);
        line.Number(Statuses[status]);
        line.Text(" "u8);
        WriteSize(ref line, ref random, request, status);
        line.Text(" \""u8);
        line.Text(WeblogVocabulary.Referrers[_referrer.Pick(ref random)]);
        line.Text("\" \""u8);
        // A visitor keeps its browser.
        var visitor = new SampleRandom(seed, ~(long)client);
        line.Text(WeblogVocabulary.Agents[_agent.Pick(ref visitor)]);
    }

    // A page has a typical size, errors are short, and "not modified" has no body, which such logs write as a dash.
    private static void WriteSize(ref LineWriter line, ref SampleRandom random, int request, int status)
    {
        if (status == NotModified)
        {
            line.Text("-"u8);
        }
        else
        {
            var typical = status == 0 ? 900 + (int)((uint)request * 2_654_435_761 % 60_000) : 300;
            line.Number(typical + random.Below(typical / 4));
        }
    }
}
