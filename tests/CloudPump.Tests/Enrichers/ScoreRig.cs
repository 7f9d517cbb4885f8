using CloudPump.Enrichers;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Enrichers;

/// <summary>Scores events by a model given as JSON.</summary>
internal static class ScoreRig
{
    /// <summary>What `score` makes of events; the fields of what is left.</summary>
    public static Bench Run(string model, params IEnumerable<string> events)
    {
        var bench = new Bench().Add(events).Parse(new CloudPump.Parsers.Json());
        return bench.Run(Step(model, bench.Context));
    }

    /// <summary>The step of a model.</summary>
    public static IProcessor Step(string model, BuildContext context)
    {
        using var file = new TemporaryFile(model);
        return new Score { Model = file.Path }.Build(context);
    }

    /// <summary>The first mistake of a model file, without the file's name.</summary>
    public static string? Mistake(string model)
    {
        using var file = new TemporaryFile(model);
        var diagnostics = new List<Diagnostic>();
        new Score { Model = file.Path }.Check(new CheckReport(diagnostics));
        return diagnostics.SingleOrDefault()?.Message.Replace(file.Path + ": ", "", StringComparison.Ordinal);
    }

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
