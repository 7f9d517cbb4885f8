using CloudPump.Events;
using CloudPump.Lookups;
using CloudPump.Parsers;
using CloudPump.Pipelines;

namespace CloudPump.Enrichers;

/// <summary>Adds the entry of a lookup.</summary>
[Component(ComponentKind.Enricher, "lookup", "Adds the entry that a lookup has for the event's key.", Example = "lookup: {name: cells, key: [plmn, ecgi.cell], target: cell}")]
public sealed class Lookup : ProcessorDefinition, ILookupUser
{
    /// <summary>The lookup.</summary>
    [Option("The lookup, of lookups.yaml.", Main = true, Required = true, Lookup = true)]
    public string Name { get; set; } = "";

    /// <summary>The key.</summary>
    [Option("The fields that are the key, in the order of the lookup's; by default the fields of the same names.")]
    public List<string> Key { get; set; } = [];

    /// <summary>Where it goes.</summary>
    [Option("The field that gets the entry; by default the lookup's name.")]
    public string? Target { get; set; }

    /// <summary>Spread.</summary>
    [Option("The members of an object become fields of the event instead of one field.")]
    public bool Merge { get; set; }

    /// <summary>None.</summary>
    [Option("What becomes of an event without an entry: it goes on without the field, with null, or to the dead letters.")]
    public MissingEntry Missing { get; set; }

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Merge && Target is not null)
        {
            report.Error(this, "target", "With 'merge' the members become fields, so there is no 'target'.");
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context)
    {
        var lookup = context.LookupOf(this, Name, Key);
        return new Processor(lookup, new KeyFields(lookup, Key, context.Fields), new FieldPath(Target ?? Name, context.Fields), Merge, Missing);
    }

    void ILookupUser.CheckLookup(LookupDefinition lookup, CheckReport report)
    {
        if (KeyFields.Problem(lookup, Key) is { } problem)
        {
            report.Error(this, "key", problem);
        }
    }

    private sealed class Processor(Lookups.Lookup lookup, KeyFields keys, FieldPath target, bool merge, MissingEntry missing) : IProcessor
    {
        private readonly JsonMembers _members = new(512);
        private readonly LookupProbes _probes = new(lookup, keys);

        public void Process(EventBatch batch)
        {
            for (var rows = batch.Rows; !rows.IsEmpty; rows = rows[Math.Min(LookupProbes.Most, rows.Length)..])
            {
                var some = rows[..Math.Min(LookupProbes.Most, rows.Length)];
                _probes.Take(batch, some);
                for (var i = 0; i < some.Length; i++)
                {
                    if (_probes.TryFind(i, batch.Header(some[i]).Received, out var entry))
                    {
                        Add(batch, some[i], LookupValue.ToSlot(batch, entry));
                    }
                    else
                    {
                        AddNothing(batch, some[i]);
                    }
                }
            }
        }

        private void AddNothing(EventBatch batch, int row)
        {
            if (missing == MissingEntry.Dead)
            {
                batch.Fail(row, $"The lookup '{lookup.Name}' has no entry for the event's key.");
            }
            else if (missing == MissingEntry.Null && !merge)
            {
                var nothing = default(Slot);
                nothing.Set(FieldKind.Null, 0);
                target.Put(batch, row, nothing);
            }
        }

        private void Add(EventBatch batch, int row, in Slot value)
        {
            if (!merge || value.Kind != FieldKind.Object)
            {
                target.Put(batch, row, value);
                return;
            }

            if (_members.Read(batch, row, value.Offset, value.Length) is { } error)
            {
                batch.Fail(row, error);
            }
        }
    }
}
