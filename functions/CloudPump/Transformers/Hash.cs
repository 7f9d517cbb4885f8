using System.Security.Cryptography;
using System.Text;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Transformers;

/// <summary>
/// The digest of one field's text, or of several fields as a JSON list, in hexadecimal digits: fingerprints, keys, shards. It hides nothing that can be guessed: personal data need
/// `anonymize` with a key.
/// </summary>
[Component(ComponentKind.Transformer, "hash", "Sets a field to the digest of others: a fingerprint.", Example = "hash: {fields: [host, path], target: fingerprint, algorithm: xxh64}",
    Given = """{"host": "web-1", "path": "/a"}""", Gives = ["""{"host": "web-1", "path": "/a", "fingerprint": "f00119e73049f37f"}"""])]
public sealed class Hash : ProcessorDefinition
{
    /// <summary>The fields.</summary>
    [Option("The fields; one that is missing counts as null.", Required = true)]
    public List<string> Fields { get; set; } = [];

    /// <summary>The target.</summary>
    [Option("The field that gets the digest.")]
    public string Target { get; set; } = "hash";

    /// <summary>How.</summary>
    [Option("The algorithm.")]
    public HashAlgorithm Algorithm { get; set; }

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Fields.Count == 0)
        {
            report.Error(this, "fields", "'fields' names no field.");
        }
    }

    /// <inheritdoc/>
    public override void TracePersonal(PersonalFields fields)
    {
        // Whoever knows the values can try them: without a key a digest hides nothing.
        if (Fields.Exists(fields.Contains))
        {
            fields.Add(Target);
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) =>
        new Processor([.. Fields.Select(f => new FieldPath(f, context.Fields))], new FieldPath(Target, context.Fields), Encoding.ASCII.GetBytes(Algorithm.ToString().ToLowerInvariant()));

    private sealed class Processor(FieldPath[] fields, FieldPath target, byte[] algorithm) : IProcessor
    {
        private readonly EventJsonWriter _json = new();
        private readonly ByteBuffer _text = new(256);

        public void Process(EventBatch batch)
        {
            Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
            foreach (var row in batch.Rows)
            {
                var length = DigestFunctions.Digest(algorithm, TextOf(batch, row), digest);
                var room = batch.Reserve(length * 2);
                for (var i = 0; i < length; i++)
                {
                    room[2 * i] = "0123456789abcdef"u8[digest[i] >> 4];
                    room[(2 * i) + 1] = "0123456789abcdef"u8[digest[i] & 15];
                }

                var slot = default(Slot);
                slot.SetText(FieldKind.PlainString, batch.Commit(length * 2), length * 2);
                target.Put(batch, row, slot);
            }
        }

        private ReadOnlySpan<byte> TextOf(EventBatch batch, int row)
        {
            var first = fields[0].Get(batch, row);
            if (fields.Length == 1 && first.IsText)
            {
                return batch.Bytes(first.Offset, first.Length);
            }

            _text.Clear();
            for (var i = 0; i < fields.Length; i++)
            {
                _text.WriteByte(i == 0 ? (byte)'[' : (byte)',');
                _json.WriteValue(_text, batch, fields[i].Get(batch, row));
            }

            _text.WriteByte((byte)']');
            return _text.Written;
        }
    }
}
