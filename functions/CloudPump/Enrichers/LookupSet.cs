using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Lookups;
using CloudPump.Lookups.Tables;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Enrichers;

/// <summary>
/// Puts what an event tells into a lookup of the kind `table`, for the events and pipelines that come after it. The entry is written with the event's commit; of two
/// entries of one key the one received later stays.
/// </summary>
[Component(ComponentKind.Enricher, "lookup_set", "Puts what an event tells into a lookup of the kind table.", Example = "lookup_set: {name: subscribers, values: [cell, tac]}",
    NotRepeatable = "what other pipelines find depends on when the entry was set")]
public sealed class LookupSet : ProcessorDefinition, ILookupUser
{
    private const string NotDynamic = "The lookup has a source of its own; lookup_set needs one of the kind table.";

    /// <summary>The lookup.</summary>
    [Option("The lookup, of the kind table in lookups.yaml.", Main = true, Required = true, Lookup = true)]
    public string Name { get; set; } = "";

    /// <summary>The key.</summary>
    [Option("The fields that are the key, in the order of the lookup's; by default the fields of the same names.")]
    public List<string> Key { get; set; } = [];

    /// <summary>One value.</summary>
    [Option("The field that is the value; without it, and without 'values', the value is the whole event but the key.")]
    public string? Value { get; set; }

    /// <summary>Several.</summary>
    [Option("The fields that the value has, as an object.")]
    public List<string> Values { get; set; } = [];

    /// <summary>Which.</summary>
    [Option("Only events that meet this condition set an entry.")]
    public Expression? When { get; set; }

    /// <summary>Removal.</summary>
    [Option("Events that meet this condition remove the entry.")]
    public Expression? Remove { get; set; }

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Value is not null && Values.Count > 0)
        {
            report.Error(this, "values", "'value' and 'values' exclude each other.");
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> GivesAway(PersonalFields fields, Lookups.LookupSet lookups)
    {
        IEnumerable<string> key = Key.Count > 0 ? Key : lookups.Find(Name)?.Options.Key ?? [];
        var value = Value is null ? Values : [Value];
        return value.Count > 0 ? key.Concat(value).Where(fields.Contains) : fields.Raw;
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context)
    {
        var lookup = context.LookupOf(this, Name, Key);
        return lookup.Definition.IsDynamic ? new Processor(this, lookup, context) : throw new LookupException($"{Location}: {NotDynamic}");
    }

    void ILookupUser.CheckLookup(LookupDefinition lookup, CheckReport report)
    {
        if (!lookup.IsDynamic)
        {
            report.Error(this, "name", NotDynamic);
        }

        if (KeyFields.Problem(lookup, Key) is { } problem)
        {
            report.Error(this, "key", problem);
        }
    }

    private sealed class Processor(LookupSet options, Lookups.Lookup lookup, BuildContext context) : IProcessor
    {
        private readonly KeyFields _keys = new(lookup, options.Key, context.Fields);
        private readonly LookupWriter _writer = new(lookup, context.Writes, context.Time);
        private readonly LookupEventValue _value = new(options.Value, options.Values, options.Key.Count > 0 ? options.Key : lookup.Definition.Options.Key, context.Fields);
        private readonly Condition? _when = options.When?.CompileCondition(context);
        private readonly Condition? _remove = options.Remove?.CompileCondition(context);

        public void Process(EventBatch batch)
        {
            Span<byte> room = stackalloc byte[LookupTable.MaxKey + 1];
            foreach (var row in batch.Rows)
            {
                var key = _keys.NewKey(room);
                if (!Meets(batch, row, _when, options.When) || !_keys.TryWrite(batch, row, ref key))
                {
                    continue;
                }

                var removes = _remove is not null && Meets(batch, row, _remove, options.Remove);
                var kind = removes ? FieldKind.Missing : _value.Write(batch, row);
                if (!removes && _value.Written.Length > LookupTable.MaxValue)
                {
                    batch.Fail(row, $"The entry for the lookup '{lookup.Name}' would have {_value.Written.Length} bytes; it can have {LookupTable.MaxValue}.");
                    continue;
                }

                try
                {
                    _writer.Set(key.Written, kind, removes ? default : _value.Written, batch.Header(row).Received);
                }
                catch (LookupException e)
                {
                    batch.Fail(row, e.Message);
                }
            }

            _writer.EndLog();
        }

        private static bool Meets(EventBatch batch, int row, Condition? condition, Expression? text)
        {
            if (condition is null)
            {
                return true;
            }

            var meets = condition.Test(batch, row, out var error);
            if (error is not null)
            {
                batch.Fail(row, $"The condition '{text?.Shown}' cannot be told: {error}");
            }

            return meets;
        }
    }
}
