using System.Globalization;
using CloudPump.Events;

namespace CloudPump.Hosting.Invocations;

/// <summary>A partition whose events are handed over by a trigger, so that nobody reads it.</summary>
/// <param name="name">Its name.</param>
/// <param name="stream">The stream that the ids of its events name.</param>
/// <param name="partition">The partition that they name.</param>
/// <param name="isSignals">Its events only wake analyzers.</param>
internal sealed class ReceivedPartition(string name, string stream, int partition, bool isSignals) : SourcePartition
{
    private string _identity = "";
    private bool _isAnother;

    public override string Name => name;

    public override Origin Origin => new(_identity.Length == 0 ? stream : $"{stream}@{_identity}", partition);

    public override string Identity => _identity;

    public override bool IsSignals => isSignals;

    // Signals have no event time.
    public override bool HoldsTimeBack => !isSignals;

    /// <summary>
    /// The stream was deleted and made anew under its name: its positions begin again. The next opening begins with it, and its events have ids of their own.
    /// </summary>
    public void BeginAnother() => _isAnother = true;

    public override ValueTask OpenAsync(PartitionProgress? progress, CancellationToken cancellationToken)
    {
        _identity = progress?.Identity ?? _identity;
        if (_isAnother)
        {
            var before = int.TryParse(_identity, CultureInfo.InvariantCulture, out var number) ? number : 1;
            _identity = (before + 1).ToString(CultureInfo.InvariantCulture);
            _isAnother = false;
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask<ReadResult> ReadAsync(EventBatch batch, CancellationToken cancellationToken) => new(ReadResult.End);
}
