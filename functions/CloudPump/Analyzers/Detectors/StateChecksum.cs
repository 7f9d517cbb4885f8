namespace CloudPump.Analyzers.Detectors;

/// <summary>FNV-1a over 64-bit words, with a shift that lets high bits reach low ones.</summary>
internal static class StateChecksum
{
    public const ulong Start = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Add(ulong checksum, long word)
    {
        var mixed = (checksum ^ (ulong)word) * Prime;
        return mixed ^ (mixed >> 32);
    }
}
