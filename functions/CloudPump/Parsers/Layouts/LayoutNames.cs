using System.Text;

namespace CloudPump.Parsers.Layouts;

/// <summary>The names of a number's values.</summary>
internal sealed class LayoutNames
{
    private readonly long[] _values;
    private readonly byte[][] _names;

    public LayoutNames(IReadOnlyDictionary<long, string> names)
    {
        var sorted = names.OrderBy(n => n.Key).ToList();
        _values = [.. sorted.Select(n => n.Key)];
        _names = [.. sorted.Select(n => Encoding.UTF8.GetBytes(n.Value))];
    }

    /// <summary>The name of a value; false when it has none.</summary>
    public bool TryFind(long value, out ReadOnlySpan<byte> name)
    {
        var index = Array.BinarySearch(_values, value);
        name = index < 0 ? default : _names[index];
        return index >= 0;
    }
}
