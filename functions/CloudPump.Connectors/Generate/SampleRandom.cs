namespace CloudPump.Connectors.Generate;

/// <summary>
/// Random numbers of the SplitMix64 generator. System.Random is not used: its numbers for a seed may differ between versions
/// of .NET, and sample data must not.
/// </summary>
internal struct SampleRandom
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong _state;

    public SampleRandom(long seed) => _state = Mix((ulong)seed + Step);

    // The number is mixed before use: neighbouring lines would otherwise share all but one of their random numbers.
    public SampleRandom(long seed, long number) => _state = Mix(Mix((ulong)seed + Step) ^ ((ulong)number * 0xD1B54A32D192ED03));

    public ulong Next() => Mix(_state += Step);

    /// <summary>A number from 0 to below <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)((Next() >> 32) * (ulong)limit >> 32);

    /// <summary>True in so many of a thousand cases.</summary>
    public bool Chance(int perMille) => Below(1_000) < perMille;

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
