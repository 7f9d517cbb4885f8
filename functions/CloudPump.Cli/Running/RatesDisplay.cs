using System.Collections.Concurrent;
using CloudPump.Embedded;
using CloudPump.Events;
using Spectre.Console;

namespace CloudPump.Cli.Running;

/// <summary>A live table on the terminal: rate and counts per pipeline, the latest windows, and where results lie.</summary>
internal sealed class RatesDisplay(IAnsiConsole terminal, TimeProvider time, IReadOnlyList<string> footer)
{
    private const int WindowsShown = 5;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentQueue<string> _windows = new();
    private readonly EventJsonWriter _json = new();
    private readonly Dictionary<string, (long Received, long At)> _before = new(StringComparer.Ordinal);

    /// <summary>Notes delivered results of analyzers; called on a pipeline's thread.</summary>
    public void Observe(string pipeline, EventBatch batch)
    {
        if (!batch.Fields.TryGet("window_end"u8, out var windowEnd))
        {
            return;
        }

        foreach (var row in batch.Rows[Math.Max(0, batch.Rows.Length - WindowsShown)..])
        {
            if (batch.Has(row, windowEnd))
            {
                var text = new ByteBuffer(256);
                _json.Write(text, batch, row);
                _windows.Enqueue(System.Text.Encoding.UTF8.GetString(text.Written));
            }
        }

        while (_windows.Count > WindowsShown && _windows.TryDequeue(out _))
        {
            // Only the latest are shown.
        }
    }

    /// <summary>Begins to show a host.</summary>
    public IAsyncDisposable Show(EmbeddedHost host) => new Running(terminal.Live(Render(host)), context => context.UpdateTarget(Render(host)), time);

    private Rows Render(EmbeddedHost host)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("pipeline", "events/s", "received", "delivered", "filtered", "dead", "in flight", "late");
        foreach (var pipeline in host.Status)
        {
            var counts = pipeline.Accounting;
            table.AddRow(
                pipeline.Name, $"{Rate(pipeline):N0}", $"{counts.Received:N0}", $"{counts.Delivered:N0}", $"{counts.Filtered:N0}",
                counts.Dead > 0 ? $"[red]{counts.Dead:N0}[/]" : "0", $"{counts.InFlight:N0}", $"{counts.Late:N0}");
        }

        return new Rows([
            table,
            new Markup("[bold]latest windows[/]"),
            .. _windows.Select(w => new Text(w, new Style(Color.Grey)) { Overflow = Overflow.Ellipsis }),
            .. footer.Select(f => new Text(f)),
        ]);
    }

    private double Rate(PipelineStatus pipeline)
    {
        var now = (pipeline.Accounting.Received, At: time.GetTimestamp());
        var known = _before.TryGetValue(pipeline.Name, out var before);
        _before[pipeline.Name] = now;
        var seconds = time.GetElapsedTime(before.At, now.At).TotalSeconds;
        return known && seconds > 0 ? (now.Received - before.Received) / seconds : 0;
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _done = new();
        private readonly Task _task;

        public Running(LiveDisplay live, Action<LiveDisplayContext> update, TimeProvider time) =>
            _task = Task.Run(() => live.StartAsync(context => LoopAsync(context, update, time)));

        public async ValueTask DisposeAsync()
        {
            await _done.CancelAsync();
            await _task;
            _done.Dispose();
        }

        private async Task LoopAsync(LiveDisplayContext context, Action<LiveDisplayContext> update, TimeProvider time)
        {
            while (!_done.IsCancellationRequested)
            {
                await Task.Delay(Interval, time, _done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                update(context);
            }
        }
    }
}
