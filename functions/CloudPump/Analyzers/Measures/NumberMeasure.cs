using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>A measure over numbers; values of other types are passed over.</summary>
internal abstract class NumberMeasure : Measure
{
    public sealed override void Add(int group, in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Int:
                AddInteger(group, value.AsInt);
                break;
            case ValueKind.UInt:
                AddUnsigned(group, value.AsUInt);
                break;
            case ValueKind.Double:
                AddDouble(group, value.AsDouble);
                break;
        }
    }

    /// <summary>Takes an integer.</summary>
    public abstract override void AddInteger(int group, long value);

    /// <summary>Takes an integer that may be beyond a long.</summary>
    protected abstract void AddUnsigned(int group, ulong value);

    /// <summary>Takes a double.</summary>
    protected abstract void AddDouble(int group, double value);
}
