using System.Text.Json;
using CloudPump.Pipelines;

namespace CloudPump.Enrichers.Models;

/// <summary>A JSON value and its place in the file, for messages.</summary>
/// <param name="Value">The value.</param>
/// <param name="Parent">The place; of an item that of its list.</param>
/// <param name="Index">The item's number in its list; -1 when this is no item.</param>
internal readonly record struct JsonAt(JsonElement Value, string Parent, int Index = -1)
{
    // Put together only for messages: there are millions of items.
    public string Path => Index < 0 ? Parent : $"{Parent}[{Index}]";

    public int Length => Array().GetArrayLength();

    /// <summary>The item of that number; for messages, since finding it may mean to read over all before it.</summary>
    public JsonAt this[int index] => new(Value[index], Path, index);

    /// <summary>The items of a list.</summary>
    public IEnumerable<JsonAt> Items()
    {
        var (path, index) = (Path, 0);
        foreach (var item in Array().EnumerateArray())
        {
            yield return new JsonAt(item, path, index++);
        }
    }

    public ModelException Wrong(string message) => new(Path, message);

    /// <summary>The value of a property; null when it is not there or null.</summary>
    public JsonAt? Find(string name) => Value.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? new JsonAt(value, Join(name)) : null;

    public JsonAt Get(string name) => Find(name) ?? throw new ModelException(Join(name), "it is missing.");

    /// <summary>Refuses what is no object, and properties of other names.</summary>
    public void TakesOnly(params ReadOnlySpan<string> names)
    {
        if (Value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("an object is needed.");
        }

        foreach (var property in Value.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw new ModelException(Join(property.Name), $"there is no such property.{Nearest.Hint(property.Name, names.ToArray())}");
            }
        }
    }

    public string Text() => Value.ValueKind == JsonValueKind.String && Value.GetString() is { Length: > 0 } text ? text : throw Wrong("a text is needed.");

    public double Number() => Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw Wrong("a number is needed.");

    public bool Flag() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Wrong("true or false is needed.");

    public double[] Numbers(int count)
    {
        var numbers = new double[Sized(count)];
        var i = 0;
        foreach (var item in Value.EnumerateArray())
        {
            numbers[i] = new JsonAt(item, "").IsNumber(out var number) ? number : throw this[i].Wrong("a number is needed.");
            i++;
        }

        return numbers;
    }

    public int[] Integers(int count)
    {
        var numbers = new int[Sized(count)];
        var i = 0;
        foreach (var item in Value.EnumerateArray())
        {
            numbers[i] = item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) ? number : throw this[i].Wrong("a whole number is needed.");
            i++;
        }

        return numbers;
    }

    private bool IsNumber(out double number)
    {
        number = 0;
        return Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out number) && double.IsFinite(number);
    }

    private int Sized(int count) => Length == count ? count : throw Wrong($"{count} items are needed, not {Length}.");

    private JsonElement Array() => Value.ValueKind == JsonValueKind.Array ? Value : throw Wrong("a list is needed.");

    private string Join(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
