namespace CloudPump.Tests;

/// <summary>The shared test data: in CLOUDPUMP_TEST_DATA, or in shared/data beside the repository.</summary>
internal static class TestData
{
    /// <summary>The path of a file or folder of the test data; skips the test when it is not there.</summary>
    public static string Require(string relativePath)
    {
        var path = Path.Combine(Root(), relativePath);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Assert.Skip($"The test data '{relativePath}' is not there; CLOUDPUMP_TEST_DATA names its folder.");
        }

        return path;
    }

    private static string Root()
    {
        var given = Environment.GetEnvironmentVariable("CLOUDPUMP_TEST_DATA");
        if (!string.IsNullOrEmpty(given))
        {
            return given;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CloudPump.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.Parent?.FullName ?? ".", "shared", "data");
    }
}
