using System.Globalization;
using System.Text.Json.Nodes;

namespace CloudPump.Tests.App;

/// <summary>Three versions of an app: in the first three events fail, in the second one of them still does, in the third all pass.</summary>
internal static class ReplayRig
{
    public const string Broken = "100 + n + 0 / (n * (n + 1) * (n + 2))";
    public const string Better = "100 + n + 0 / (n + 1)";
    public const string Mended = "100 + n";

    // Late by far, and with copies for a topic and for a stream: their windows must count each event once, too.
    private const string Windows = "size: 10s, lateness: 1d, idle: 7d, by: [k], measures: {hits: count(), total: sum(m)}, to: results";

    public static string[] Pipelines(string expression) =>
    [
        $$"""
        pipeline: main
        sources:
          - stream: {name: main, partitions: 1}
        processors:
          - parse: json
          - route:
              - {when: "true", to: before}
          - set: {m: "{{expression}}"}
          - route:
              - {when: "true", to: errs}
              - {when: "true", to: audit, via: stream}
          - time_window: {name: mains, {{Windows}}}
        sink:
          "null": {}
        """,
        Counting("errs"),
        Counting("audit"),
        "pipeline: before\nsink:\n  \"null\": {}\n",
        "pipeline: results\nsink:\n  \"null\": {}\n",
    ];

    /// <summary>The broken version on its events: five of them go through, three are dead letters.</summary>
    public static async Task<AppRig> NewAsync(string expression = Broken)
    {
        var rig = new AppRig(Pipelines(expression));

        // Long enough for no attempt but the first, so that a failure breaks the replay off.
        rig.Settings["CLOUDPUMP_TIME_BUDGET"] = "00:00:00.05";
        int[] numbers = [5, 0, 7, -1, 8, 9, -2, 4];
        rig.Put("main", numbers.Select((n, i) => $$"""{"n":{{n}},"k":"{{(i % 2 == 0 ? 'a' : 'b')}}","timestamp":"{{Time(i)}}"}"""));
        await rig.WorkAsync(rig.Start());
        return rig;
    }

    /// <summary>What a run in which nothing ever failed gives: what came to every pipeline, without repeats, and the windows.</summary>
    public static async Task<IReadOnlyList<string>> ExpectedAsync()
    {
        var rig = await NewAsync(Mended);
        await rig.EndAsync(rig.Start());
        return Outcome(rig);
    }

    public static IReadOnlyList<string> Outcome(AppRig rig) =>
        [.. new[] { "main", "before", "errs", "audit" }.SelectMany(p => rig.Output(p).Distinct(StringComparer.Ordinal).Select(e => $"{p} {e}")), .. rig.Output("results").Select(w => "results " + w)];

    public static async Task<IReadOnlyList<JsonNode>> LettersAsync(AppRig rig) => [.. (await rig.Start().Http.ListAsync("main")).Body.AsArray().Select(l => l!)];

    private static string Counting(string pipeline) => $$"""
        pipeline: {{pipeline}}
        processors:
          - time_window: {name: {{pipeline}}, {{Windows}}}
        sink:
          "null": {}
        """;

    private static string Time(int second) => new DateTimeOffset(2026, 10, 10, 12, 0, second * 3, TimeSpan.Zero).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
