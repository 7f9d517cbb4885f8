using CloudPump.Events;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Transformers;

/// <summary>Puts fields into an object, or, without a target, fields whose names have a separator into objects of those names: the opposite of `flatten`.</summary>
[Component(ComponentKind.Transformer, "nest", "Puts fields into objects.", Example = "nest: {fields: [lat, lon], target: location}",
    Given = """{"id": 1, "lat": 50.7, "lon": 7.1}""", Gives = ["""{"id": 1, "location": {"lat": 50.7, "lon": 7.1}}"""])]
public sealed class Nest : ProcessorDefinition
{
    /// <summary>Which.</summary>
    [Option("The fields; without them all whose names have the separator.", Main = true)]
    public List<string> Fields { get; set; } = [];

    /// <summary>Where.</summary>
    [Option("The object that they go into.")]
    public string? Target { get; set; }

    /// <summary>Between names.</summary>
    [Option("What separates the names: user_name goes as name into user.")]
    public string Separator { get; set; } = ".";

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Fields.Count == 0 && Target is not null)
        {
            report.Error(this, "target", "'target' takes the fields that 'fields' names.");
        }
    }

    /// <inheritdoc/>
    public override void TracePersonal(PersonalFields fields)
    {
        foreach (var field in fields.Raw.Where(r => Fields.Count == 0 || Fields.Contains(r, StringComparer.Ordinal)).ToList())
        {
            fields.Rename(field, Target is null ? field.Replace(Separator, ".", StringComparison.Ordinal) : $"{Target}.{field}");
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new Processor(Fields, Target, Separator, context.Fields);

    private sealed class Processor(IReadOnlyList<string> names, string? target, string separator, FieldTable fields) : IProcessor
    {
        // By field: where it goes, or null where it stays.
        private readonly Dictionary<ushort, FieldPath?> _ways = [];
        private readonly HashSet<ushort> _only = [.. names.Select(fields.Id)];
        private ushort[] _found = new ushort[16];

        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                var count = 0;
                foreach (var field in batch.FieldIds(row))
                {
                    if (WayOf(field) is not null)
                    {
                        if (count == _found.Length)
                        {
                            Array.Resize(ref _found, count * 2);
                        }

                        _found[count++] = field;
                    }
                }

                foreach (var field in _found.AsSpan(0, count))
                {
                    var slot = batch.Get(row, field);
                    batch.RemoveField(row, field);
                    WayOf(field)!.Put(batch, row, slot);
                }
            }
        }

        private FieldPath? WayOf(ushort field)
        {
            if (_ways.TryGetValue(field, out var known))
            {
                return known;
            }

            var name = fields.Name(field);
            var way = _only.Count > 0 && !_only.Contains(field) ? null
                : target is not null ? $"{target}.{name}"
                : name.Contains(separator, StringComparison.Ordinal) ? name.Replace(separator, ".", StringComparison.Ordinal) : null;
            return _ways[field] = way is null ? null : new FieldPath(way, fields);
        }
    }
}
