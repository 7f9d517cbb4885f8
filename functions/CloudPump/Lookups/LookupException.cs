namespace CloudPump.Lookups;

/// <summary>A lookup's source cannot be had or used; the message says which, where and why.</summary>
public sealed class LookupException(string message, Exception? inner = null) : Exception(message, inner);
