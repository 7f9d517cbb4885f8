namespace CloudPump.Cli;

/// <summary>The sample pipelines that come with the command.</summary>
internal static class SamplePipelines
{
    /// <summary>Their folder: beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "pipelines");
}
