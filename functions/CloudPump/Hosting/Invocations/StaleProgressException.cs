namespace CloudPump.Hosting.Invocations;

/// <summary>Another instance has moved the partition on: what this one did with it since it last read the row does not count, and it must read the row again.</summary>
public sealed class StaleProgressException(string pipeline, string partition, Exception? inner = null)
    : Exception($"'{partition}' of the pipeline '{pipeline}' was moved on by another instance; this batch is taken again from where that one is.", inner);
