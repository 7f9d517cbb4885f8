namespace CloudPump.Tests;

/// <summary>Finds the shared test data, which is not part of the repository.</summary>
internal static class TestData
{
    private const string Variable = "CLOUDPUMP_TEST_DATA";

    /// <summary>The folder of the test data, or null when this machine has none.</summary>
    public static string? Folder
    {
        get
        {
            var named = Environment.GetEnvironmentVariable(Variable);
            var folder = string.IsNullOrEmpty(named) ? BesideRepository() : named;
            return Directory.Exists(folder) ? folder : null;
        }
    }

    /// <summary>The path of a file or folder of the test data; skips the test when it does not exist.</summary>
    public static string Require(string path) => RequireIn(Folder, path);

    /// <summary>The path of something that lies beside the test data; skips the test when it does not exist.</summary>
    public static string RequireBeside(string path) => RequireIn(Folder is { } folder ? Path.GetFullPath(Path.Combine(folder, "..")) : null, path);

    private static string RequireIn(string? folder, string path)
    {
        var full = folder is null ? null : Path.Combine(folder, path);
        if (full is null || !Path.Exists(full))
        {
            Assert.Skip($"The test data '{path}' is not on this machine; set {Variable} to the folder of the test data.");
        }

        return full;
    }

    private static string? BesideRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CloudPump.sln")))
            {
                return Path.GetFullPath(Path.Combine(folder.FullName, "../shared/data"));
            }
        }

        return null;
    }
}
