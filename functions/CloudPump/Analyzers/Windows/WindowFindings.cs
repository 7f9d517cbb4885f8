using CloudPump.Analyzers.Findings;
using CloudPump.Events;

namespace CloudPump.Analyzers.Windows;

/// <summary>Looks at the finished matrix, keys by windows, one window after the other; windows without any event are windows too.</summary>
internal sealed class WindowFindings
{
    private readonly WindowPlan _plan;
    private readonly WindowDetector[] _detectors;
    private readonly int[] _measures;
    private readonly FindingWriter _writer;
    private long _next = long.MaxValue;

    public WindowFindings(WindowPlan plan)
    {
        _plan = plan;
        _detectors = [.. plan.Detect.Select(d => d.Rule!.Create(plan.Analyzer.MaxKeys))];
        _measures = [.. plan.Detect.Select(d => plan.Measures.Names.Index().First(n => n.Item == d.Rule!.Measure).Index)];
        _writer = new FindingWriter(plan);
    }

    /// <summary>Sees a key's result in the window that is being closed.</summary>
    public void See(ReadOnlySpan<byte> key, EventBatch events, int row, ushort[] fields)
    {
        for (var d = 0; d < _detectors.Length; d++)
        {
            var slot = events.Get(row, fields[_measures[d]]);
            if (slot.Kind is FieldKind.Int64 or FieldKind.Double)
            {
                _detectors[d].See(key, slot.Kind == FieldKind.Int64 ? slot.Value : slot.AsDouble);
            }
        }
    }

    /// <summary>All keys of the window have been seen.</summary>
    public void Close(long start, ResultBatch results)
    {
        foreach (var detector in _detectors)
        {
            _writer.Begin(results, start, detector.Rule);
            detector.Close(start, _writer);
        }

        _next = start + _plan.Every;
    }

    /// <summary>Closes the windows before this one in which nothing happened, as far as that means something.</summary>
    public void CloseEmpty(long before, ResultBatch results)
    {
        while (_next < before && Array.Exists(_detectors, d => d.WantsEmptyWindows))
        {
            Close(_next, results);
        }
    }

    public void Save(ByteBuffer output)
    {
        output.WriteSigned(_next);
        Array.ForEach(_detectors, d => d.Save(output));
    }

    public void Load(ref ByteReader input)
    {
        _next = input.Signed();
        foreach (var detector in _detectors)
        {
            detector.Load(ref input);
        }
    }
}
