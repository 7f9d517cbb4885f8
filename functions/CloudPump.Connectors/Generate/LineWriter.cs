using System.Buffers;

namespace CloudPump.Connectors.Generate;

/// <summary>Writes one line into memory asked for once; sample lines are much shorter than its room.</summary>
internal ref struct LineWriter(IBufferWriter<byte> output)
{
    private const int Room = 2_048;
    private readonly IBufferWriter<byte> _output = output;
    private readonly Span<byte> _line = output.GetSpan(Room);
    private int _length;

    public void Text(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(_line[_length..]);
        _length += text.Length;
    }

    /// <summary>Writes bytes as hexadecimal text.</summary>
    public void Hex(scoped ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, _line[_length..], out var written);
        _length += written;
    }

    public void Number(long number)
    {
        number.TryFormat(_line[_length..], out var written);
        _length += written;
    }

    /// <summary>Writes a number with leading zeros.</summary>
    public void Digits(long number, int count)
    {
        var digits = _line.Slice(_length, count);
        for (var i = count - 1; i >= 0; i--, number /= 10)
        {
            digits[i] = (byte)('0' + number % 10);
        }

        _length += count;
    }

    /// <summary>Writes hundredths as a decimal number: 1250 as 12.50.</summary>
    public void Hundredths(long hundredths)
    {
        if (hundredths < 0)
        {
            Text("-"u8);
            hundredths = -hundredths;
        }

        Number(hundredths / 100);
        Text("."u8);
        Digits(hundredths % 100, 2);
    }

    /// <summary>Writes a time as JSON events have it: 2026-01-31T23:59:59.123Z.</summary>
    public void Rfc3339(DateTimeOffset time)
    {
        var (date, clock) = time.UtcDateTime;
        Digits(date.Year, 4);
        Text("-"u8);
        Digits(date.Month, 2);
        Text("-"u8);
        Digits(date.Day, 2);
        Text("T"u8);
        Clock(clock);
        Text("."u8);
        Digits(clock.Millisecond, 3);
        Text("Z"u8);
    }

    /// <summary>Writes a time as access logs have it: 31/Jan/2026:23:59:59 +0000.</summary>
    public void AccessLogTime(DateTimeOffset time)
    {
        var (date, clock) = time.UtcDateTime;
        Digits(date.Day, 2);
        Text("/"u8);
        Text("JanFebMarAprMayJunJulAugSepOctNovDec"u8.Slice((date.Month - 1) * 3, 3));
        Text("/"u8);
        Digits(date.Year, 4);
        Text(":"u8);
        Clock(clock);
        Text(" +0000"u8);
    }

    public readonly void Finish() => _output.Advance(_length);

    private void Clock(TimeOnly clock)
    {
        Digits(clock.Hour, 2);
        Text(":"u8);
        Digits(clock.Minute, 2);
        Text(":"u8);
        Digits(clock.Second, 2);
    }
}
