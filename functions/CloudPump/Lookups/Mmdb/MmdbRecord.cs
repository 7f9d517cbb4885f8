namespace CloudPump.Lookups.Mmdb;

/// <summary>The answer of a lookup: where the record lies, and how many leading bits of the address select it.</summary>
/// <param name="DataOffset">Offset of the record in the data section; the same offset means the same record. -1 when not found.</param>
/// <param name="PrefixLength">Length of the network the address belongs to; also set when nothing was found for that network.</param>
public readonly record struct MmdbRecord(int DataOffset, int PrefixLength);
