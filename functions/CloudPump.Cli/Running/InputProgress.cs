using CloudPump.Embedded;
using Spectre.Console;

namespace CloudPump.Cli.Running;

/// <summary>A progress bar over the bytes of an input file; nothing when standard error is no terminal.</summary>
internal sealed class InputProgress : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly CancellationTokenSource _done = new();
    private readonly Task _task;

    private InputProgress(IAnsiConsole terminal, EmbeddedHost host, long total, TimeProvider time) =>
        _task = Task.Run(() => terminal.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(progress => ShowAsync(progress.AddTask("reading", maxValue: total), host, time)));

    /// <summary>Begins to show; null when there is no terminal or no file.</summary>
    public static Func<EmbeddedHost, IAsyncDisposable>? For(CommandContext context, string? input) =>
        context.Terminal is { } terminal && input is not null && File.Exists(input)
            ? host => new InputProgress(terminal, host, Math.Max(1, new FileInfo(input).Length), context.Time)
            : null;

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _task;
        _done.Dispose();
    }

    private async Task ShowAsync(ProgressTask bar, EmbeddedHost host, TimeProvider time)
    {
        while (!_done.IsCancellationRequested)
        {
            bar.Value = host.Status.FirstOrDefault()?.Position ?? 0;
            await Task.Delay(Interval, time, _done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        bar.Value = bar.MaxValue;
    }
}
