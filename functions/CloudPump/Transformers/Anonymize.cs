using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>Takes personal data out of fields. A field that is not there is no mistake.</summary>
[Component(ComponentKind.Transformer, "anonymize", "Takes personal data out of fields: truncates addresses, hashes with a key, masks, drops.",
    Example = "anonymize: {client_ip: truncate, user: {hash: {key: \"${CLOUDPUMP_HASH_KEY:-demo}\"}}, card: {mask: {keep_last: 4}}, email: drop}")]
public sealed class Anonymize : ProcessorDefinition
{
    /// <summary>Field to method.</summary>
    [Option("Field (dots lead into objects) to method.", Main = true, Required = true)]
    public NamedList<AnonymizeMethod> Fields { get; set; } = [];

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) =>
        new Processor([.. Fields.Select(f => (new FieldPath(f.Key, context.Fields), f.Value.Build()))], context.Fields);

    private sealed class Processor((FieldPath Path, IAnonymizer Method)[] methods, FieldTable fields) : IProcessor
    {
        private readonly ushort _scratch = fields.Id("#anonymize");
        private readonly EventJsonWriter _json = new();
        private readonly ByteBuffer _text = new(256);
        private readonly ByteBuffer _result = new(256);

        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                foreach (var (path, method) in methods)
                {
                    Apply(batch, row, path, method);
                }
            }
        }

        private void Apply(EventBatch batch, int row, FieldPath path, IAnonymizer method)
        {
            var slot = path.Get(batch, row);
            if (slot.Kind is FieldKind.Missing or FieldKind.Null)
            {
                return;
            }

            _result.Clear();
            if (!method.TryReplace(TextOf(batch, slot), _result))
            {
                path.Remove(batch, row);
                return;
            }

            if (path.IsTopLevel(batch, row, out var field))
            {
                batch.SetString(row, field, _result.Written);
            }
            else
            {
                batch.SetString(row, _scratch, _result.Written);
                path.MoveFrom(batch, row, _scratch);
            }
        }

        private ReadOnlySpan<byte> TextOf(EventBatch batch, in Slot slot)
        {
            if (slot.IsText)
            {
                return batch.Text(slot);
            }

            _text.Clear();
            _json.WriteValue(_text, batch, slot);
            return _text.Written;
        }
    }
}
