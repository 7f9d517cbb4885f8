namespace CloudPump.Hosting.Invocations;

/// <summary>The time that an invocation has: within it, what fails is tried again.</summary>
/// <param name="length">How long.</param>
/// <param name="time">The clock.</param>
/// <param name="warn">Told of every failure.</param>
/// <param name="keepAlive">Called before every new attempt: renews locks.</param>
public sealed class TimeBudget(TimeSpan length, TimeProvider time, Action<string> warn, Func<CancellationToken, Task>? keepAlive = null)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private readonly long _start = time.GetTimestamp();

    /// <summary>What is left.</summary>
    public TimeSpan Left => length - time.GetElapsedTime(_start);

    /// <summary>Tries until it works; throws the last failure when the time is over.</summary>
    public async Task RunAsync(Func<Task> action, string what, CancellationToken cancellationToken)
    {
        for (var wait = First; ; wait = wait * 2 < Longest ? wait * 2 : Longest)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await action();
                return;
            }
            catch (Exception e) when (IsFailure(e, cancellationToken) && Left > wait)
            {
                warn($"{what}: {e.Message} Trying again.");
            }

            await Task.Delay(wait, time, cancellationToken);
            await (keepAlive?.Invoke(cancellationToken) ?? Task.CompletedTask);
        }
    }

    /// <summary>Whether something has failed, rather than that the invocation was called off or another one was faster. A client's own time limit shows as a cancellation, too.</summary>
    public static bool IsFailure(Exception e, CancellationToken cancellationToken) =>
        e is not StaleProgressException && !(e is OperationCanceledException && cancellationToken.IsCancellationRequested);
}
