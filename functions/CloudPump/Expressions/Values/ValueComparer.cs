using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>Equality of map keys as CEL has it: 1, 1u and 1.0 are the same key.</summary>
internal sealed class ValueComparer : IEqualityComparer<Value>
{
    public static readonly ValueComparer Instance = new();

    public bool Equals(Value x, Value y) => Equality.OfScalars(x, y);

    public int GetHashCode(Value obj) => obj.Kind switch
    {
        ValueKind.Int or ValueKind.UInt => obj.AsInt.GetHashCode(),
        ValueKind.Double => HashOf(obj.AsDouble),
        ValueKind.String => (int)StableHash.Of(obj.Bytes),
        _ => (int)obj.Kind + (int)obj.AsInt,
    };

    private static int HashOf(double value)
    {
        // An integral double must land where the int or uint of the same value does.
        var integer = value < 0 ? (long)value : (long)(ulong)value;
        return integer.GetHashCode();
    }
}
