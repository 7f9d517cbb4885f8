using CloudPump.Events;

namespace CloudPump.Analyzers.Detectors;

/// <summary>Writes a detector's state as 64-bit words, and a checksum at the end.</summary>
internal ref struct StateWriter(ByteBuffer output)
{
    private readonly ByteBuffer _output = output;
    private ulong _checksum = StateChecksum.Start;

    public void Int(long value)
    {
        _checksum = StateChecksum.Add(_checksum, value);
        _output.WriteInt64(value);
    }

    public void Number(double value) => Int(BitConverter.DoubleToInt64Bits(value));

    public void Numbers(scoped ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            Number(value);
        }
    }

    /// <summary>Two numbers a word; an odd last one has its own.</summary>
    public void Numbers(scoped ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i += 2)
        {
            var second = i + 1 < values.Length ? BitConverter.SingleToUInt32Bits(values[i + 1]) : 0;
            Int(((long)second << 32) | BitConverter.SingleToUInt32Bits(values[i]));
        }
    }

    public readonly void End() => _output.WriteInt64((long)_checksum);
}
