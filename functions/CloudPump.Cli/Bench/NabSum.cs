namespace CloudPump.Cli.Bench;

/// <summary>The sum of a profile while detections are added one by one.</summary>
internal sealed class NabSum
{
    private readonly double[][] _windows;

    public NabSum(NabProfile profile, IReadOnlyList<NabFile> files)
    {
        _windows = [.. files.Select(file => Enumerable.Repeat(-profile.Miss, file.Windows.Count).ToArray())];
        Total = _windows.Sum(w => w.Sum());
    }

    /// <summary>The sum so far.</summary>
    public double Total { get; private set; }

    /// <summary>Adds a detection; in a window only the best one counts.</summary>
    public void Add(in NabPoint detection)
    {
        if (detection.Window < 0)
        {
            Total += detection.Worth;
            return;
        }

        ref var window = ref _windows[detection.File][detection.Window];
        if (detection.Worth > window)
        {
            Total += detection.Worth - window;
            window = detection.Worth;
        }
    }
}
