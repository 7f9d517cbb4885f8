namespace CloudPump.Hosting;

/// <summary>An entry of a shared table that is to be set, or (without a value) removed.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value; null removes the entry.</param>
public sealed record TableWrite(string Table, string Key, byte[]? Value);
