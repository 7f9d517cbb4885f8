using System.Buffers;
using System.Text;
using System.Text.Json;
using CloudPump.Connectors.Generate;

namespace CloudPump.Tests.Generate;

public sealed class SampleGeneratorTests
{
    internal static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.FromHours(2));

    public static TheoryData<string> Names => [.. SampleGenerators.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_bytes_in_any_order(string name)
    {
        var (one, two, other) = (SampleGenerators.Create(name, 7), SampleGenerators.Create(name, 7), SampleGenerators.Create(name, 8));
        var forward = Enumerable.Range(0, 500).Select(i => Line(one, i)).ToList();
        var backward = Enumerable.Range(0, 500).Reverse().Select(i => Line(two, i)).Reverse().ToList();
        Assert.Equal(forward, backward);
        Assert.NotEqual(forward, [.. Enumerable.Range(0, 500).Select(i => Line(other, i))]);
        Assert.Equal(500, forward.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(name, one.Name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Lines_are_single_lines_and_allocate_nothing(string name)
    {
        var generator = SampleGenerators.Create(name, 1);
        var output = new ArrayBufferWriter<byte>(16 * 1024);
        var before = 0L;
        for (var i = 0L; i < 2_000; i++)
        {
            output.ResetWrittenCount();
            generator.Write(i, Start, output);
            Assert.False(output.WrittenSpan.ContainsAny("\r\n"u8));
            before = i == 100 ? GC.GetAllocatedBytesForCurrentThread() : before;
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_ones()
    {
        var error = Assert.Throws<ArgumentException>(() => SampleGenerators.Create("weather", 1));
        Assert.Contains("weblogs, orders, sensors, logins", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_lines_stay_as_they_are()
    {
        // Whoever keeps a seed expects the same events from every version.
        Assert.Equal(
            """{"sensor":"s-0003","site":"plant-1","timestamp":"2026-03-01T10:00:00.250Z","temperature":25.26,"humidity":53.05,"vibration":0.79,"battery":91,"status":"ok"}""",
            Line(SampleGenerators.Create("sensors", 1), 3));
        Assert.Equal(
            """{"login_id":"l-000000003","timestamp":"2026-03-01T10:00:00.250Z","user":"user-0410","client_ip":"8.160.53.12","method":"passkey","result":"success"}""",
            Line(SampleGenerators.Create("logins", 1), 3));
        Assert.Equal(
            """{"order_id":"o-000000003","timestamp":"2026-03-01T10:00:00.250Z","customer":"c-0014","country":"JP","channel":"web","status":"paid","currency":"EUR","items":[{"sku":"p-0009","quantity":1,"price":55.68},{"sku":"p-0267","quantity":3,"price":45.46},{"sku":"p-0027","quantity":3,"price":90.10},{"sku":"p-0248","quantity":1,"price":126.39}],"total":588.75}""",
            Line(SampleGenerators.Create("orders", 1), 3));
        Assert.Equal(
            """
            189.177.82.222 - - [01/Mar/2026:10:00:00 +0000] "GET /blog/2020/gift-ideas-18 HTTP/1.1" 200 45051 "https://www.google.com/" "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0"
            """,
            Line(SampleGenerators.Create("weblogs", 1), 3));
    }

    [Fact]
    public void Orders_add_up()
    {
        foreach (var order in Events("orders", 2_000))
        {
            var sum = order.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("price").GetDecimal() * item.GetProperty("quantity").GetInt32());
            Assert.Equal(sum, order.GetProperty("total").GetDecimal());
            Assert.Equal(Start, order.GetProperty("timestamp").GetDateTimeOffset());
        }
    }

    [Fact]
    public void Sensors_have_a_few_faults_that_stand_out()
    {
        var readings = Events("sensors", 20_000).ToList();
        var faults = readings.Where(reading => reading.GetProperty("status").GetString() == "fault").ToList();
        Assert.InRange(faults.Count, 20, 80);
        Assert.True(faults.Min(Temperature) > readings.Except(faults).Max(Temperature));
        Assert.Equal(200, readings.Select(reading => reading.GetProperty("sensor").GetString()).Distinct(StringComparer.Ordinal).Count());

        static double Temperature(JsonElement reading) => reading.GetProperty("temperature").GetDouble();
    }

    [Fact]
    public void Logins_hold_one_attack_in_ten_thousand_events()
    {
        var logins = Events("logins", 10_000).ToList();
        var failures = logins.Where(login => login.GetProperty("result").GetString() == "failure").ToList();
        Assert.InRange(failures.Count, 400, 700);
        var worst = failures.GroupBy(login => login.GetProperty("client_ip").GetString()).MaxBy(group => group.Count())!;
        Assert.InRange(worst.Count(), 100, 140);
        Assert.True(worst.Select(login => login.GetProperty("user").GetString()).Distinct(StringComparer.Ordinal).Count() > 50);
    }

    internal static string Line(ISampleGenerator generator, long number)
    {
        var output = new ArrayBufferWriter<byte>();
        generator.Write(number, Start, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static IEnumerable<JsonElement> Events(string name, int count)
    {
        var generator = SampleGenerators.Create(name, 3);
        return Enumerable.Range(0, count).Select(i => JsonDocument.Parse(Line(generator, i)).RootElement);
    }
}
