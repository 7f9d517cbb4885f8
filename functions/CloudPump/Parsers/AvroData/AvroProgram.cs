using System.Text;
using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>Reads a whole value into an event: a record's fields become the event's; any other value becomes the field `value`.</summary>
internal sealed class AvroProgram
{
    private readonly AvroNode _root;
    private readonly ushort[] _fields;
    private readonly AvroProgram[] _branches;

    private AvroProgram(AvroNode root, ushort[] fields, AvroProgram[] branches) => (_root, _fields, _branches) = (root, fields, branches);

    /// <summary>Compiles two schemas for the fields of a pipeline.</summary>
    /// <exception cref="AvroSchemaException">They do not fit together, or have too many fields.</exception>
    public static AvroProgram Create(AvroSchema writer, AvroSchema? reader, FieldTable fields) => Of(AvroCompiler.Compile(writer, reader ?? writer), fields);

    /// <summary>Reads one value.</summary>
    public void Read(ref AvroCursor cursor, EventBatch batch, int row)
    {
        switch (_root)
        {
            case AvroRecord record:
                Reserve(record, batch, row);
                record.SetFields(ref cursor, batch, row, _fields);
                break;
            case AvroUnion union:
                var index = union.Index(ref cursor);
                if (index >= 0)
                {
                    _branches[index].Read(ref cursor, batch, row);
                }

                break;
            default:
                _root.Set(ref cursor, batch, row, _fields[0]);
                break;
        }
    }

    // The reader's order is the event's, in whatever order the writer has the fields.
    private void Reserve(AvroRecord record, EventBatch batch, int row)
    {
        if (record.IsReordered)
        {
            foreach (var field in _fields)
            {
                batch.SetNull(row, field);
            }
        }
    }

    private static AvroProgram Of(AvroNode root, FieldTable fields) => root switch
    {
        AvroRecord record => new AvroProgram(root, Ids(record.Names, fields), []),
        AvroUnion union => new AvroProgram(root, [], [.. union.Branches.Select(b => Of(b, fields))]),
        _ => new AvroProgram(root, Ids(["value"], fields), []),
    };

    private static ushort[] Ids(IReadOnlyList<string> names, FieldTable fields)
    {
        if (names.Count > EventBatch.MaxFields)
        {
            throw new AvroSchemaException($"The record has more than {EventBatch.MaxFields} fields.");
        }

        var ids = new ushort[names.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            if (!fields.TryAdd(Encoding.UTF8.GetBytes(names[i]), out ids[i]))
            {
                throw new AvroSchemaException($"The pipeline would have more than {FieldTable.MaxNames} field names.");
            }
        }

        return ids;
    }
}
