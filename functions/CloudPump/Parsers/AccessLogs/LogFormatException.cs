namespace CloudPump.Parsers.AccessLogs;

/// <summary>A format of a log that cannot be used.</summary>
internal sealed class LogFormatException(string message, int offset) : Exception($"{message} (at character {offset + 1} of the format)");
