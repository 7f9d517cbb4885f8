namespace CloudPump.Expressions;

/// <summary>A list that an expression made.</summary>
internal sealed class ListValue(Value[] items, int count)
{
    public int Count { get; } = count;

    public ref readonly Value this[int index] => ref items[index];

    public ReadOnlySpan<Value> Items => items.AsSpan(0, Count);
}
