namespace CloudPump.Tests.Cli;

/// <summary>Writes corpora in the form of the Numenta Anomaly Benchmark into a command's folder.</summary>
internal static class NabFolder
{
    public const string Profiles = """
        {"standard": {"CostMatrix": {"tpWeight": 1.0, "fnWeight": 1.0, "fpWeight": 0.11, "tnWeight": 1.0}},
         "reward_low_FP_rate": {"CostMatrix": {"tpWeight": 1.0, "fnWeight": 1.0, "fpWeight": 0.22, "tnWeight": 1.0}},
         "reward_low_FN_rate": {"CostMatrix": {"tpWeight": 1.0, "fnWeight": 2.0, "fpWeight": 0.11, "tnWeight": 1.0}}}
        """;

    /// <summary>A corpus of the given series, with the given content of combined_windows.json; returns its path.</summary>
    public static string Write(CliRun cli, string windows, params (string Name, IEnumerable<double> Values)[] series)
    {
        var folder = Path.Combine(cli.Folder, "nab");
        Directory.CreateDirectory(Path.Combine(folder, "labels"));
        File.WriteAllText(Path.Combine(folder, "labels", "combined_windows.json"), windows);
        File.WriteAllText(Path.Combine(folder, "profiles.json"), Profiles);
        foreach (var (name, values) in series)
        {
            var path = Path.Combine(folder, "data", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllLines(path, values.Select((value, n) => $"{Time(n)},{value}").Prepend("timestamp,value"));
        }

        return folder;
    }

    /// <summary>The time of the n-th row.</summary>
    public static string Time(int n) => new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc).AddMinutes(5 * n).ToString("yyyy-MM-dd HH:mm:ss");
}
