using System.Collections.Frozen;
using System.Text;
using CloudPump.Events;
using CloudPump.Lookups;
using CloudPump.Lookups.Tables;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Transformers;

/// <summary>Replaces a value by what stands for it: in a list that is written here, or in a lookup. Numbers and texts are compared as text.</summary>
[Component(ComponentKind.Transformer, "map", "Replaces a value by what stands for it, here or in a lookup.", Example = "map: {field: code, target: state, values: {\"1\": open, \"2\": closed}, default: other}",
    Given = """{"code": 2}""", Gives = ["""{"code": 2, "state": "closed"}"""])]
public sealed class Map : ProcessorDefinition, ILookupUser
{
    /// <summary>The field.</summary>
    [Option("The field.", Required = true)]
    public string Field { get; set; } = "";

    /// <summary>The target.</summary>
    [Option("The field that gets the result; by default the field itself.")]
    public string? Target { get; set; }

    /// <summary>The values.</summary>
    [Option("Value to what stands for it.")]
    public NamedList<string> Values { get; set; } = [];

    /// <summary>The lookup.</summary>
    [Option("The lookup, of lookups.yaml, whose key has one part.", Lookup = true)]
    public string? Lookup { get; set; }

    /// <summary>Otherwise.</summary>
    [Option("What stands for all other values; without it they stay as they are.")]
    public string? Default { get; set; }

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Values.Count == 0 == (Lookup is null))
        {
            report.Error(this, "values", "'map' takes either 'values' or a 'lookup'.");
        }
    }

    /// <inheritdoc/>
    public override void TracePersonal(PersonalFields fields)
    {
        // What a list or lookup gives is no longer the value itself, but what is not in it stays.
        if (Default is null)
        {
            fields.Copy(Field, Target ?? Field);
        }
        else
        {
            fields.Remove(Target ?? Field);
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new Processor(this, context.Fields, Lookup is null ? null : context.LookupOf(this, Lookup, [Field]));

    void ILookupUser.CheckLookup(LookupDefinition lookup, CheckReport report)
    {
        if (KeyFields.Problem(lookup, [Field]) is { } problem)
        {
            report.Error(this, "lookup", problem);
        }
    }

    private sealed class Processor(Map options, FieldTable fields, Lookups.Lookup? lookup) : IProcessor
    {
        private static readonly FieldType[] AsText = [FieldType.Text];
        private readonly FieldPath _field = new(options.Field, fields);
        private readonly FieldPath _target = new(options.Target ?? options.Field, fields);
        private readonly LookupProbes? _probes = lookup is null ? null : new(lookup, new KeyFields(lookup, [options.Field], fields));
        private readonly FrozenDictionary<byte[], byte[]>.AlternateLookup<ReadOnlySpan<byte>> _values =
            options.Values.ToFrozenDictionary(v => Encoding.UTF8.GetBytes(v.Key), v => Encoding.UTF8.GetBytes(v.Value), BytesComparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();

        private readonly byte[]? _default = options.Default is null ? null : Encoding.UTF8.GetBytes(options.Default);

        public void Process(EventBatch batch)
        {
            for (var rows = batch.Rows; !rows.IsEmpty; rows = rows[Math.Min(LookupProbes.Most, rows.Length)..])
            {
                var some = rows[..Math.Min(LookupProbes.Most, rows.Length)];
                _probes?.Take(batch, some);
                for (var i = 0; i < some.Length; i++)
                {
                    Replace(batch, some[i], i);
                }
            }
        }

        private void Replace(EventBatch batch, int row, int index)
        {
            var slot = _field.Get(batch, row);
            if (slot.Kind is FieldKind.Missing or FieldKind.Null)
            {
                return;
            }

            var found = _probes is null ? TryFind(batch, ref slot) : TryFind(batch, row, index, ref slot);
            if (!found && _default is not null)
            {
                slot = Text(batch, _default);
            }

            if (found || _default is not null || options.Target is not null)
            {
                _target.Put(batch, row, slot);
            }
        }

        private bool TryFind(EventBatch batch, int row, int index, ref Slot slot)
        {
            var found = _probes!.TryFind(index, batch.Header(row).Received, out var entry);
            slot = found ? LookupValue.ToSlot(batch, entry) : slot;
            return found;
        }

        private bool TryFind(EventBatch batch, ref Slot slot)
        {
            var key = new LookupKey(stackalloc byte[LookupTable.MaxKey + 1], AsText);
            if (!key.TryAppend(batch, slot) || !_values.TryGetValue(key.Written, out var value))
            {
                return false;
            }

            slot = Text(batch, value);
            return true;
        }

        private static Slot Text(EventBatch batch, byte[] text)
        {
            var slot = default(Slot);
            slot.SetText(JsonText.IsPlain(text) ? FieldKind.PlainString : FieldKind.String, batch.Append(text), text.Length);
            return slot;
        }
    }
}
