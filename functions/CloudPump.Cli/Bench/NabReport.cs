using System.Text.Json;

namespace CloudPump.Cli.Bench;

/// <summary>Prints a run as tables: every category of the corpus, then the whole beside published scores.</summary>
internal static class NabReport
{
    private const int NameWidth = 26;

    // numenta/NAB, README.md: scores over all 58 files of version 1.0.
    private static readonly (string Name, string Standard)[] Published =
    [
        ("Numenta HTM", "69.7-70.5"), ("CAD OSE", "69.9"), ("Random Cut Forest", "51.7"), ("Twitter ADVec", "47.1"), ("Windowed Gaussian", "39.6"),
        ("Etsy Skyline", "35.7"), ("Bayesian changepoint", "17.7"), ("random", "11.0"), ("null", "0.0"),
    ];

    public static void Print(TextWriter output, NabRun run)
    {
        var rows = run.Corpus.Files.Sum(f => (long)f.Times.Length);
        var windows = run.Corpus.Files.Sum(f => f.Windows.Count);
        output.WriteLine($"{run.Corpus.Files.Count} files, {rows:N0} rows, {windows} windows; {rows / run.Elapsed.TotalSeconds:N0} values per second");
        output.WriteLine();
        output.WriteLine($"{"category",-NameWidth}{"files",7}{"windows",9}{"standard",10}{"low_fp",9}{"low_fn",9}");
        foreach (var category in run.Corpus.Files.Select(Category).Distinct(StringComparer.Ordinal))
        {
            output.WriteLine(Line(run, category, file => Category(file) == category));
        }

        output.WriteLine(Line(run, "all", _ => true));
        output.WriteLine();
        output.WriteLine($"{"detector",-NameWidth}{"standard",10}   published: over the 58 files of NAB 1.0");
        output.WriteLine($"{JsonNamingPolicy.SnakeCaseLower.ConvertName(run.Kind.ToString()),-NameWidth}{run.Standard.Normalised,10:0.0}   here");
        foreach (var (name, standard) in Published)
        {
            output.WriteLine($"{name,-NameWidth}{standard,10}");
        }
    }

    private static string Line(NabRun run, string name, Func<NabFile, bool> isOne)
    {
        var files = run.Corpus.Files.Where(isOne).ToList();
        var windows = files.Sum(f => f.Windows.Count);
        return $"{name,-NameWidth}{files.Count,7}{windows,9}{Of(run.Standard),10}{Of(run.LowFalsePositives),9}{Of(run.LowFalseNegatives),9}";

        // Without windows there is no scale from null to perfect.
        string Of(NabScore score)
        {
            var total = score.Files.Where((_, i) => isOne(run.Corpus.Files[i])).Sum();
            return windows == 0 ? "-" : NabScorer.Normalised(score.Profile, total, files).ToString("0.0");
        }
    }

    private static string Category(NabFile file) => file.Name.Split('/') is [var category, _, ..] ? category : ".";
}
