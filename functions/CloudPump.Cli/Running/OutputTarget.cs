using CloudPump.Connectors.Console;
using CloudPump.Connectors.Files;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Running;

/// <summary>What `--input` and `--output` make of the pipelines that are run.</summary>
internal static class OutputTarget
{
    /// <summary>The set with the first pipeline's sources replaced by a file or standard input.</summary>
    public static PipelineSet WithInput(PipelineSet set, string? input)
    {
        if (input is null)
        {
            return set;
        }

        if (input != "-" && !File.Exists(input))
        {
            throw new UsageException(Directory.Exists(input) ? $"--input: '{input}' is a folder; name a file." : $"--input: there is no file '{input}'.");
        }

        SourceDefinition source = input == "-" ? new StdinSource() : new FileSource { Path = input };
        return Replace(set, p => p == set.Pipelines[0] ? p.With(sources: [source]) : p);
    }

    /// <summary>The set with sinks replaced: of the first pipeline by a file or standard output, or of all by files in a folder.</summary>
    public static PipelineSet WithOutput(PipelineSet set, string? output)
    {
        if (output is null)
        {
            return set;
        }

        if (IsFolder(output))
        {
            return Replace(set, p => p.With(sink: Ndjson(Path.Combine(output, p.Name + ".ndjson"))));
        }

        var first = set.Pipelines[0].Name;
        return Replace(set, p => p.Name == first ? p.With(sink: output == "-" ? new ConsoleSink() : Ndjson(output)) : p);
    }

    private static bool IsFolder(string output) => output.EndsWith('/') || output.EndsWith(Path.DirectorySeparatorChar) || Directory.Exists(output);

    private static FileSink Ndjson(string path) => new() { Path = path, Format = FileFormat.Ndjson };

    private static PipelineSet Replace(PipelineSet set, Func<PipelineDefinition, PipelineDefinition> replace)
    {
        var siblings = set.Reachable().Where(p => !set.Pipelines.Contains(p)).Select(replace).ToList();
        return new PipelineSet([.. set.Pipelines.Select(replace)], siblings, set.Connections, set.Lookups);
    }
}
