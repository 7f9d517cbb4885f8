using System.ComponentModel;
using System.Diagnostics;

namespace CloudPump.Cli.Geo;

/// <summary>Asks the npm command, for settings kept in places that only npm knows.</summary>
internal static class NpmCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The registry npm would use, or null when npm is not installed or does not answer.</summary>
    public static string? GetRegistry()
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["config", "get", "registry"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var npm = Process.Start(start);
            if (npm is null)
            {
                return null;
            }

            npm.ErrorDataReceived += (_, _) => { };
            npm.BeginErrorReadLine();
            var answer = npm.StandardOutput.ReadToEndAsync();
            if (!npm.WaitForExit(Patience))
            {
                npm.Kill(entireProcessTree: true);
                return null;
            }

            var registry = answer.GetAwaiter().GetResult().Trim();
            return npm.ExitCode == 0 && registry.StartsWith("http", StringComparison.Ordinal) ? registry : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
