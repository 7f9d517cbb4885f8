namespace CloudPump.Tests.Cli;

/// <summary>Files of this repository.</summary>
internal static class Repository
{
    /// <summary>The path of a file or folder, from the folder that holds the solution.</summary>
    public static string Path(string relative)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "CloudPump.sln")))
        {
            folder = folder.Parent;
        }

        return System.IO.Path.Combine(folder?.FullName ?? throw new InvalidOperationException("CloudPump.sln is not above the tests."), relative);
    }
}
