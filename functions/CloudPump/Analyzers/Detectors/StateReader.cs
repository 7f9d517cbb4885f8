using CloudPump.Events;

namespace CloudPump.Analyzers.Detectors;

/// <summary>Reads what <see cref="StateWriter"/> wrote.</summary>
internal ref struct StateReader(ByteReader input)
{
    private ByteReader _input = input;
    private ulong _checksum = StateChecksum.Start;

    public long Int()
    {
        var value = _input.Int64();
        _checksum = StateChecksum.Add(_checksum, value);
        return value;
    }

    /// <summary>Reads a number from 0 to <paramref name="limit"/>, both included.</summary>
    public int Int(int limit)
    {
        var value = Int();
        return value >= 0 && value <= limit ? (int)value : throw Damaged();
    }

    public double Number() => BitConverter.Int64BitsToDouble(Int());

    public void Numbers(scoped Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = Number();
        }
    }

    public void Numbers(scoped Span<float> values)
    {
        for (var i = 0; i < values.Length; i += 2)
        {
            var word = Int();
            values[i] = BitConverter.UInt32BitsToSingle((uint)word);
            if (i + 1 < values.Length)
            {
                values[i + 1] = BitConverter.UInt32BitsToSingle((uint)(word >> 32));
            }
        }
    }

    /// <summary>Checks that all was read as it was written; what follows is left to be read.</summary>
    public ByteReader End() => _input.Int64() == (long)_checksum ? _input : throw Damaged();

    private static InvalidDataException Damaged() => new("The state of a detector is damaged.");
}
