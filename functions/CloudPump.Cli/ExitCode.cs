namespace CloudPump.Cli;

/// <summary>The exit codes of the command: part of its contract.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Wrong usage, or a wrong definition.</summary>
    public const int Wrong = 1;

    /// <summary>The run failed.</summary>
    public const int Failed = 2;

    /// <summary>Done, but there are dead letters and --strict was given.</summary>
    public const int DeadLetters = 3;
}
