using System.Globalization;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>Keys for pseudonyms, in the order in which they take over: a new one is added with the day from which it counts, and the old ones stay for events of before.</summary>
[Component(ComponentKind.Connection, "keys", "Keys for pseudonyms, and from when on each of them counts.",
    Example = "pseudonyms: {keys: [{id: k1, key: \"${KEY_1:-first}\"}, {id: k2, key: \"${KEY_2:-second}\", from: 2027-01-01}]}")]
public sealed class KeysConnection : ConnectionDefinition
{
    /// <summary>The keys.</summary>
    [Option("The keys; take them from the environment.", Main = true, Required = true)]
    public List<PseudonymKey> Keys { get; set; } = [];

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Keys.Count == 0 || Keys[0].From is not null)
        {
            report.Error(this, "keys", "The first key counts from the beginning: it has no 'from'.");
        }

        foreach (var (key, i) in Keys.Select((k, i) => (k, i)))
        {
            if (key.Key.Length == 0)
            {
                report.Error(this, "keys", $"The key '{key.Id}' is empty: it would hide nothing.");
            }

            if (i > 0 && !(Start(key) > Start(Keys[i - 1])))
            {
                report.Error(this, "keys", $"The key '{key.Id}' takes 'from', a day such as 2027-01-01 after that of the key before it.");
            }

            if (Keys.Take(i).Any(k => k.Id == key.Id))
            {
                report.Error(this, "keys", $"Two keys have the id '{key.Id}'.");
            }
        }
    }

    /// <summary>From when on a key counts, in UTC ticks.</summary>
    internal static long Start(PseudonymKey key) =>
        DateTimeOffset.TryParse(key.From, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from) ? from.UtcTicks : long.MinValue;
}
