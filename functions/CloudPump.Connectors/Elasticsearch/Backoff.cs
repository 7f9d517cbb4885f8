namespace CloudPump.Connectors.Elasticsearch;

/// <summary>
/// How long to wait before the next attempt: twice as long each time, or as long as the server asks. The waits are not spread by chance, so that a run can be
/// repeated exactly; a pipeline has one request in flight per instance, so few ever wait in step.
/// </summary>
internal sealed class Backoff(TimeProvider time)
{
    private const int Attempts = 5;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private TimeSpan _wait = First;
    private int _failed;

    /// <summary>Something has passed whole: the next wait is the shortest again.</summary>
    public void Reset() => (_failed, _wait) = (0, First);

    /// <summary>Notes a failed attempt; false when it was the last one.</summary>
    /// <param name="moved">Whether a part has passed: as long as it goes on, it goes on, but not faster.</param>
    public bool MayTryAgain(bool moved)
    {
        _failed = moved ? 1 : _failed + 1;
        return _failed < Attempts;
    }

    /// <summary>Waits.</summary>
    public async ValueTask WaitAsync(TimeSpan? asked, CancellationToken cancellationToken)
    {
        var wait = asked ?? _wait;
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait < Longest ? wait : Longest;
        _wait = _wait * 2 < Longest ? _wait * 2 : Longest;
        await Task.Delay(wait, time, cancellationToken);
    }

    /// <summary>How the message of the last attempt ends.</summary>
    public static string After => $" ({Attempts} attempts)";
}
