namespace CloudPump.Embedded;

/// <summary>Tries again what fails for a while: a sink that is away, a disk that is full. Nothing is committed meanwhile, so nothing is lost.</summary>
internal sealed class Retry(EmbeddedOptions options, CancellationToken stop, CancellationToken abort)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public async Task RunAsync(Func<ValueTask> action, string what)
    {
        var wait = First;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await action();
                return;
            }
            catch (Exception e) when (!abort.IsCancellationRequested && MayTryAgain(attempt))
            {
                options.Warn($"{what}: {e.Message} Trying again.");
            }

            await WaitAsync(wait);
            wait = wait * 2 < Longest ? wait * 2 : Longest;
        }
    }

    // Who is asked to stop does not wait for ever for a sink that does not come back.
    private bool MayTryAgain(int attempt) => attempt < options.Attempts || (options.Follow && !stop.IsCancellationRequested);

    private async Task WaitAsync(TimeSpan wait)
    {
        var wasStopped = stop.IsCancellationRequested;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(abort, wasStopped ? CancellationToken.None : stop);
        await Task.Delay(wait, options.Time, waiting.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        abort.ThrowIfCancellationRequested();
    }
}
