using System.Buffers;

namespace CloudPump.Connectors.Generate;

/// <summary>Readings of sensors in several plants as JSON: a daily rhythm, noise, now and then a faulty value.</summary>
internal sealed class SensorGenerator(long seed) : ISampleGenerator
{
    private const int Sensors = 200;
    private const int SensorsPerSite = 25;
    private const int FaultPerMille = 2;
    private const int DaySeconds = 86_400;

    public string Name => "sensors";

    public void Write(long number, DateTimeOffset time, IBufferWriter<byte> output)
    {
        var random = new SampleRandom(seed, number);
        var sensor = (int)((ulong)number % Sensors);
        var isFault = random.Chance(FaultPerMille);
        var warmth = Warmth(time) + sensor % 7 * 50;
        var line = new LineWriter(output);
        line.Text("{\"sensor\":\"s-"u8);
        line.Digits(sensor, 4);
        line.Text("\",\"site\":\"plant-"u8);
        line.Number(1 + sensor / SensorsPerSite);
        line.Text("\",\"timestamp\":\""u8);
        line.Rfc3339(time);
        line.Text("\",\"temperature\":"u8);
        line.Hundredths(1_500 + warmth + random.Below(120) + (isFault ? 3_000 + random.Below(2_000) : 0));
        line.Text(",\"humidity\":"u8);
        line.Hundredths(7_000 - warmth * 2 + random.Below(300));
        line.Text(",\"vibration\":"u8);
        line.Hundredths(20 + random.Below(60) + (isFault ? 900 : 0));
        line.Text(",\"battery\":"u8);
        line.Number(40 + (sensor * 37 % 60));
        line.Text(isFault ? ",\"status\":\"fault\"}"u8 : ",\"status\":\"ok\"}"u8);
        line.Finish();
    }

    // From 0 at midnight up to 1000 hundredths of a degree at noon and back. A triangle and no sine: Math.Sin may differ
    // in the last digit between processors, and sample data must not.
    private static int Warmth(DateTimeOffset time)
    {
        var second = (int)(time.UtcTicks / TimeSpan.TicksPerSecond % DaySeconds);
        return Math.Min(second, DaySeconds - second) * 1_000 / (DaySeconds / 2);
    }
}
