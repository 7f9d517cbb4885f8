using Spectre.Console;

namespace CloudPump.Cli;

/// <summary>Shows a progress bar on the terminal while something runs, and nothing when there is no terminal.</summary>
internal static class Progress
{
    /// <summary>Runs the work; it reports what is done and, when it knows, how much there is in all.</summary>
    public static async Task<T> ShowAsync<T>(IAnsiConsole? terminal, string what, bool isBytes, Func<Action<long, long?>, Task<T>> work)
    {
        if (terminal is null)
        {
            return await work((_, _) => { });
        }

        ProgressColumn amount = isBytes ? new DownloadedColumn() : new PercentageColumn();
        return await terminal.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), amount, new RemainingTimeColumn())
            .StartAsync(async bars =>
            {
                var bar = bars.AddTask(Markup.Escape(what));
                bar.IsIndeterminate = true;
                return await work((done, total) => Update(bar, done, total));
            });
    }

    private static void Update(ProgressTask bar, long done, long? total)
    {
        if (total is > 0)
        {
            bar.IsIndeterminate = false;
            bar.MaxValue = total.Value;
        }

        bar.Value = done;
    }
}
