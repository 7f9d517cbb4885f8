namespace CloudPump.Parsers.AccessLogs;

/// <summary>A piece of a log's format.</summary>
/// <param name="Kind">What stands there.</param>
/// <param name="Text">The literal, or the name of the field.</param>
internal readonly record struct LogItem(LogItemKind Kind, string Text);
