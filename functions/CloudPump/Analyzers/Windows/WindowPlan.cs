using CloudPump.Analyzers.Findings;
using CloudPump.Analyzers.Measures;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Windows;

/// <summary>
/// What windows are made from. Events are gathered in panes, the longest stretches of time that no window divides; a window is the panes from its start to its end.
/// </summary>
internal sealed record WindowPlan(KeyedAnalyzer Analyzer, long Size, long Every, NamedList<MeasureCall> Calls)
{
    /// <summary>The measures.</summary>
    public MeasureSet Measures { get; } = new(Calls);

    /// <summary>The length of a pane.</summary>
    public long Pane { get; } = GreatestDivisor(Size, Every);

    /// <summary>When results come before their window is closed.</summary>
    public EarlyOption? Early { get; init; }

    /// <summary>Which results are emitted; null for all.</summary>
    public Expression? Having { get; init; }

    /// <summary>What is looked for in closed windows.</summary>
    public IReadOnlyList<DetectRule> Detect { get; init; } = [];

    /// <summary>Whether the windows' own results are emitted, besides what was found in them.</summary>
    public bool EmitsResults { get; init; } = true;

    /// <summary>Whether windows overlap.</summary>
    public bool Overlap => Size != Every;

    /// <summary>The start of the pane that a time falls into.</summary>
    public long PaneOf(long time) => time - (time % Pane);

    /// <summary>The start of the last window that a pane belongs to.</summary>
    public long LastWindowOf(long pane) => pane - (pane % Every);

    /// <summary>The start of the first window that a pane belongs to; none begins before time itself.</summary>
    public long FirstWindowOf(long pane)
    {
        var earliest = pane + Pane - Size;
        return earliest <= 0 ? 0 : (earliest + Every - 1) / Every * Every;
    }

    private static long GreatestDivisor(long a, long b) => b == 0 ? a : GreatestDivisor(b, a % b);
}
