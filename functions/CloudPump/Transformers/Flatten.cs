using System.Text.Json;
using CloudPump.Events;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Transformers;

/// <summary>Makes fields of the members of objects, with the names on the way to them joined. Lists stay as they are, and so do empty objects.</summary>
[Component(ComponentKind.Transformer, "flatten", "Makes fields of the members of objects: a.b.c.", Example = "flatten: {separator: _}",
    Given = """{"user": {"name": "Ann", "home": {"city": "Bonn"}}, "tags": [1]}""", Gives = ["""{"tags": [1], "user_name": "Ann", "user_home_city": "Bonn"}"""])]
public sealed class Flatten : ProcessorDefinition
{
    /// <summary>Which.</summary>
    [Option("The fields to flatten; without them all that are objects.", Main = true)]
    public List<string> Fields { get; set; } = [];

    /// <summary>Between names.</summary>
    [Option("What stands between the names.")]
    public string Separator { get; set; } = ".";

    /// <inheritdoc/>
    public override void TracePersonal(PersonalFields fields)
    {
        foreach (var field in fields.Raw.Where(r => r.Contains('.', StringComparison.Ordinal)).ToList())
        {
            fields.Rename(field, field.Replace(".", Separator, StringComparison.Ordinal));
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new Processor(Separator, [.. Fields.Select(context.Fields.Id)]);

    private sealed class Processor(string separator, ushort[] only) : IProcessor
    {
        private readonly byte[] _separator = System.Text.Encoding.UTF8.GetBytes(separator);
        private readonly ByteBuffer _name = new(64);
        private readonly ByteBuffer _text = new(64);
        private ushort[] _objects = new ushort[16];

        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                // The members come after the other fields; looked for first, because the row changes below.
                var count = 0;
                foreach (var field in batch.FieldIds(row))
                {
                    if ((only.Length == 0 || only.AsSpan().Contains(field)) && batch.Get(row, field).Kind == FieldKind.Object)
                    {
                        Grow(count);
                        _objects[count++] = field;
                    }
                }

                for (var i = 0; i < count && batch.RemovalOf(row) == Removal.None; i++)
                {
                    Spread(batch, row, _objects[i]);
                }
            }
        }

        private void Grow(int count)
        {
            if (count == _objects.Length)
            {
                Array.Resize(ref _objects, count * 2);
            }
        }

        private void Spread(EventBatch batch, int row, ushort field)
        {
            var slot = batch.Get(row, field);
            var reader = new Utf8JsonReader(batch.Text(slot), new JsonReaderOptions { MaxDepth = 512 });
            reader.Read();
            _name.Clear();
            _name.Write(batch.Fields.Utf8Name(field));
            batch.RemoveField(row, field);
            if (!Members(batch, row, slot.Offset, ref reader))
            {
                batch.Fail(row, $"The flattened event would have more than {EventBatch.MaxFields} fields, or the pipeline more than {FieldTable.MaxNames} different names.");
            }
        }

        // The reader stands at the beginning of an object; afterwards at its end.
        private bool Members(EventBatch batch, int row, int start, ref Utf8JsonReader reader)
        {
            var length = _name.Length;
            var any = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                any = true;
                _name.Write(_separator);
                WriteName(ref reader);
                reader.Read();
                var ok = reader.TokenType == JsonTokenType.StartObject ? Members(batch, row, start, ref reader) : TryPut(batch, row, start, ref reader);
                _name.Truncate(length);
                if (!ok)
                {
                    return false;
                }
            }

            return any || PutEmpty(batch, row);
        }

        private void WriteName(ref Utf8JsonReader reader)
        {
            if (!reader.ValueIsEscaped)
            {
                _name.Write(reader.ValueSpan);
                return;
            }

            _text.Clear();
            _text.Advance(reader.CopyString(_text.GetSpan(reader.ValueSpan.Length)));
            _name.Write(_text.Written);
        }

        private bool TryPut(EventBatch batch, int row, int start, ref Utf8JsonReader reader)
        {
            if (batch.FieldCount(row) >= EventBatch.MaxFields || !batch.Fields.TryAdd(_name.Written, out var id))
            {
                return false;
            }

            var slot = JsonObjectText.ToSlot(batch, start, ref reader);
            batch.Put(row, id) = slot;
            return true;
        }

        private bool PutEmpty(EventBatch batch, int row)
        {
            var ok = batch.Fields.TryAdd(_name.Written, out var id);
            if (ok)
            {
                batch.SetText(row, id, FieldKind.Object, "{}"u8);
            }

            return ok;
        }
    }
}
