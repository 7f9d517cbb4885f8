using System.Text;
using CloudPump.Connectors.Generate;
using CloudPump.Events;
using CloudPump.Tests.Http;
using Spectre.Console;

namespace CloudPump.Tests.Cli;

public sealed class GenerateCommandTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("weblogs")]
    [InlineData("orders")]
    [InlineData("sensors")]
    [InlineData("logins")]
    [InlineData("xdr")]
    public async Task Writes_the_generators_lines_with_their_event_time(string name)
    {
        Assert.Equal(0, await _cli.RunAsync("generate", name, "--count", "5000", "--seed", "7"));
        var lines = _cli.Bytes.Split('\n');
        Assert.Equal(5001, lines.Length);
        Assert.Equal("", lines[^1]);
        Assert.Equal(Line(name, 7, 0), lines[0]);
        Assert.Equal(Line(name, 7, 4999), lines[4999]);
    }

    [Fact]
    public async Task Writes_a_thousand_lines_to_a_file_when_no_count_is_given()
    {
        var path = Path.Combine(_cli.Folder, "new", "web.log");
        Assert.Equal(0, await _cli.RunAsync("generate", "weblogs", "--output", path));
        Assert.Equal(1000, (await File.ReadAllLinesAsync(path)).Length);
        Assert.Equal("", _cli.Bytes + _cli.Output + _cli.Error);
    }

    [Fact]
    public async Task A_rate_paces_the_lines_and_gives_them_the_present_time()
    {
        var time = new SteppingTime();
        using var cli = new CliRun { Time = time };
        Assert.Equal(0, await cli.RunAsync("generate", "orders", "--count", "50", "--rate", "10"));
        Assert.Equal(50, cli.Bytes.Count(c => c == '\n'));
        Assert.Contains("\"timestamp\":\"2026-10-10T12:00:00.000Z\"", cli.Bytes, StringComparison.Ordinal);
        Assert.InRange(time.Elapsed.TotalSeconds, 4.8, 5.2);
    }

    [Fact]
    public async Task Progress_shows_on_a_terminal_and_only_when_a_file_is_written()
    {
        using var screen = new StringWriter();
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(screen), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes };
        using var cli = new CliRun { Terminal = AnsiConsole.Create(settings) };
        Assert.Equal(0, await cli.RunAsync("generate", "weblogs"));
        Assert.Equal("", screen.ToString());
        Assert.Equal(0, await cli.RunAsync("generate", "weblogs", "--output", Path.Combine(cli.Folder, "web.log")));
        Assert.Contains("weblogs", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("100%", screen.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There are no sample events 'weblog'. Did you mean 'weblogs'?", "weblog")]
    [InlineData("--count", "weblogs", "--count", "0")]
    [InlineData("--count", "weblogs", "--count", "-1")]
    [InlineData("--rate", "weblogs", "--rate", "0")]
    public async Task Wrong_usage_is_said(string message, params string[] args)
    {
        Assert.Equal(1, await _cli.RunAsync(["generate", .. args]));
        Assert.Contains(message, _cli.Error, StringComparison.Ordinal);
    }

    private static string Line(string name, long seed, long number)
    {
        var output = new ByteBuffer();
        SampleGenerators.Create(name, seed).Write(number, SampleTime.Of(number), output);
        return Encoding.UTF8.GetString(output.Written);
    }

    /// <summary>A clock that moves only by what is waited for.</summary>
    private sealed class SteppingTime : TimeProvider
    {
        public TimeSpan Elapsed { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => JumpingTime.Now;

        public override long GetTimestamp() => Elapsed.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Elapsed += dueTime;
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
