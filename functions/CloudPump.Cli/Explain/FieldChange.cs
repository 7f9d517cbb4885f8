namespace CloudPump.Cli.Explain;

/// <summary>What a step did to a field: without an old value it was added, without a new one removed.</summary>
internal sealed record FieldChange(string Field, FieldValue? From, FieldValue? To)
{
    /// <summary>What differs between two moments, in the order of the fields.</summary>
    public static IReadOnlyList<FieldChange> Between(OrderedDictionary<string, FieldValue> before, OrderedDictionary<string, FieldValue> after)
    {
        var changes = new List<FieldChange>();
        foreach (var (field, value) in before)
        {
            if (!after.TryGetValue(field, out var now))
            {
                changes.Add(new FieldChange(field, value, null));
            }
            else if (now != value)
            {
                changes.Add(new FieldChange(field, value, now));
            }
        }

        changes.AddRange(after.Where(f => !before.ContainsKey(f.Key)).Select(f => new FieldChange(f.Key, null, f.Value)));
        return changes;
    }
}
