using CloudPump.Events;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Transformers;

/// <summary>Takes personal data out of fields. A field that is not there is no mistake.</summary>
[Component(ComponentKind.Transformer, "anonymize", "Takes personal data out of fields: truncates addresses, hashes with a key, masks, cleans free text, drops.",
    Example = "anonymize: {client_ip: truncate, user: {hash: {key: \"${CLOUDPUMP_HASH_KEY:-demo}\"}}, card: card, note: text, email: drop}",
    Given = """{"client_ip": "203.0.113.7", "user": "frank", "card": "4111 1111 1111 1111", "note": "Ask Anna Schmidt, +49 228 1234567, anna@example.org", "email": "a@b.org"}""",
    Gives = ["""{"client_ip": "203.0.113.0", "user": "8c6012b79d72ebff3c703ef5e36e15e3", "card": "**** **** **** 1111", "note": "Ask [name], [phone], [email]"}"""])]
public sealed class Anonymize : ProcessorDefinition
{
    /// <summary>Field to method.</summary>
    [Option("Field (dots lead into objects) to method.", Main = true, Required = true)]
    public NamedList<AnonymizeMethod> Fields { get; set; } = [];

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        foreach (var (field, method) in Fields.Where(f => f.Value.Hash is { } hash && string.IsNullOrEmpty(hash.Key) == hash.Connection is null))
        {
            report.Error(this, "fields", $"The hash of '{field}' takes either a 'key' or a 'connection' of the kind keys.");
        }
    }

    /// <inheritdoc/>
    public override void TracePersonal(PersonalFields fields) => Fields.ForEach(f => fields.Remove(f.Key));

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) =>
        new Processor([.. Fields.Select(f => (new FieldPath(f.Key, context.Fields), f.Value.Build(context)))]);

    private sealed class Processor((FieldPath Path, IAnonymizer Method)[] methods) : IProcessor
    {
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
            if (!method.TryReplace(TextOf(batch, slot), batch.Header(row).Received, _result))
            {
                path.Remove(batch, row);
                return;
            }

            var replaced = default(Slot);
            replaced.SetText(JsonText.IsPlain(_result.Written) ? FieldKind.PlainString : FieldKind.String, batch.Append(_result.Written), _result.Length);
            path.Put(batch, row, replaced);
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
