namespace CloudPump.Embedded;

/// <summary>Tries again what fails for a while: a sink that is away, a disk that is full. Nothing is committed meanwhile, so nothing is lost.</summary>
internal sealed class Retry(EmbeddedOptions options, CancellationToken abort)
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
            catch (Exception e) when (e is not OperationCanceledException && (options.Follow || attempt < options.Attempts))
            {
                options.Warn($"{what}: {e.Message} Trying again.");
            }

            await Task.Delay(wait, options.Time, abort);
            wait = wait * 2 < Longest ? wait * 2 : Longest;
        }
    }
}
