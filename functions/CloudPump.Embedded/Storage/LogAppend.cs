namespace CloudPump.Embedded.Storage;

/// <summary>What an append makes of a log, once its transaction is committed.</summary>
internal readonly record struct LogAppend(StreamLog Log, long Next, int Bytes);
