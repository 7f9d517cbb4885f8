using System.Globalization;

namespace CloudPump.Tests.App;

/// <summary>The pipeline of most tests: events of keys in windows, whose results go to `sums`.</summary>
internal static class ClicksPipeline
{
    /// <summary>The pipeline that gets the results.</summary>
    public const string Sums = """
        pipeline: sums
        sink:
          "null": {}
        """;

    public static string Yaml(string size = "10s", int shards = 1, int partitions = 1) => $$"""
        pipeline: clicks
        sources:
          - stream: {name: clicks, partitions: {{partitions}}}
        processors:
          - parse: json
          - time_window: {name: w, size: {{size}}, by: [k], shards: {{shards}}, measures: {hits: count()}, to: sums}
        sink:
          "null": {}
        """;

    public static IEnumerable<string> At(params int[] seconds) => At("a", seconds);

    public static IEnumerable<string> At(string key, params int[] seconds) => seconds.Select(s =>
        $$"""{"k":"{{key}}","timestamp":"{{new DateTimeOffset(2026, 10, 10, 12, 0, 0, TimeSpan.Zero).AddSeconds(s).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}"}""");

    public static IReadOnlyList<string> Results(AppRig rig) => [.. rig.Output("sums").Select(Embedded.HostRig.Hits)];
}
