namespace CloudPump.Parsers.Delimited;

/// <summary>One field of a record: its text in the arena.</summary>
/// <param name="Offset">Where it starts.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="IsQuoted">It stood in quotes.</param>
internal readonly record struct CsvField(int Offset, int Length, bool IsQuoted);
