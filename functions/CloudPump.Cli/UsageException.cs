namespace CloudPump.Cli;

/// <summary>The command was used wrongly; the message says how it is used.</summary>
internal sealed class UsageException(string message) : Exception(message);
