using System.Text;
using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>A record: the writer's fields in their order, and the defaults of those that only the reader has.</summary>
internal sealed class AvroRecord : AvroNested
{
    private AvroNode[] _steps = [];
    private int[] _targets = [];
    private byte[][] _names = [];

    public AvroRecord()
        : base(FieldKind.Object)
    {
    }

    /// <summary>The reader's field names, in its order.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>Whether the writer has the fields in another order than the reader.</summary>
    public bool IsReordered { get; private set; }

    /// <summary>Says what the record is made of; apart from the constructor, as a record may hold itself.</summary>
    /// <param name="names">The reader's field names.</param>
    /// <param name="steps">What to read, in order.</param>
    /// <param name="targets">For each step the reader's field that gets the value; -1 when it is read over.</param>
    public void Complete(IReadOnlyList<string> names, IReadOnlyList<AvroNode> steps, IReadOnlyList<int> targets)
    {
        (Names, _steps, _targets) = (names, [.. steps], [.. targets]);
        _names = [.. names.Select(Prefix)];
        IsReordered = !_targets.Where(t => t >= 0).SequenceEqual(Enumerable.Range(0, names.Count));
    }

    /// <summary>Reads the record's fields into fields of an event.</summary>
    public void SetFields(ref AvroCursor cursor, EventBatch batch, int row, ReadOnlySpan<ushort> fields)
    {
        if (!cursor.Enter())
        {
            return;
        }

        for (var i = 0; i < _steps.Length && !cursor.Failed; i++)
        {
            if (_targets[i] < 0)
            {
                _steps[i].Skip(ref cursor);
            }
            else
            {
                _steps[i].Set(ref cursor, batch, row, fields[_targets[i]]);
            }
        }

        cursor.Leave();
    }

    public override void Write(ref AvroCursor cursor, ByteBuffer json)
    {
        if (!cursor.Enter())
        {
            return;
        }

        json.WriteByte((byte)'{');
        var isFirst = true;
        for (var i = 0; i < _steps.Length && !cursor.Failed; i++)
        {
            if (_targets[i] < 0)
            {
                _steps[i].Skip(ref cursor);
                continue;
            }

            if (!isFirst)
            {
                json.WriteByte((byte)',');
            }

            isFirst = false;
            json.Write(_names[_targets[i]]);
            _steps[i].Write(ref cursor, json);
        }

        json.WriteByte((byte)'}');
        CheckLength(ref cursor, json);
        cursor.Leave();
    }

    public override void Skip(ref AvroCursor cursor)
    {
        if (!cursor.Enter())
        {
            return;
        }

        // Defaults take no bytes, and they are what comes last: reading over one reads nothing.
        for (var i = 0; i < _steps.Length && !cursor.Failed; i++)
        {
            _steps[i].Skip(ref cursor);
        }

        cursor.Leave();
    }

    private static byte[] Prefix(string name)
    {
        var prefix = new ByteBuffer(64);
        JsonText.WriteString(prefix, Encoding.UTF8.GetBytes(name));
        prefix.WriteByte((byte)':');
        return prefix.Written.ToArray();
    }
}
