namespace CloudPump.Parsers.AvroData;

/// <summary>Makes the decoder of a writer's schema, read by a reader's (specification 1.12, "Schema Resolution").</summary>
internal sealed class AvroCompiler
{
    // Unions of unions' worth of branches can ask for more comparisons than a file may cost.
    private const int MostSteps = 2_000_000;
    private readonly OrderedDictionary<(AvroSchema Writer, AvroSchema Reader), AvroNode> _records = [];
    private readonly Dictionary<(AvroSchema Writer, AvroSchema Reader), AvroSchemaException> _failed = [];
    private int _steps;

    /// <summary>Compiles two schemas; the same one twice when there is no other reader.</summary>
    /// <exception cref="AvroSchemaException">They do not fit together.</exception>
    public static AvroNode Compile(AvroSchema writer, AvroSchema reader) => new AvroCompiler().Node(writer, reader, "the schema");

    private AvroNode Node(AvroSchema writer, AvroSchema reader, string place)
    {
        if (writer.Type == AvroType.Union)
        {
            return new AvroUnion([.. writer.Items.Select(b => Branch(b, writer, reader, place))]);
        }

        Count(1);
        var target = reader.Type == AvroType.Union && !ReferenceEquals(writer, reader) ? Choose(writer, reader) : reader;
        if (target is null || !Fits(writer, target))
        {
            throw new AvroSchemaException($"{place}: the writer has {writer.Display}, which cannot be read as {reader.Display}.");
        }

        return writer.Type switch
        {
            AvroType.Null => new AvroScalars.Null(),
            AvroType.Boolean => new AvroScalars.Boolean(),
            AvroType.Int or AvroType.Long => Integer(writer, target),
            AvroType.Float or AvroType.Double => new AvroScalars.Floating(writer.Type == AvroType.Float),
            AvroType.Bytes or AvroType.String or AvroType.Fixed => Bytes(writer, target, place),
            AvroType.Enum => new AvroEnum(writer, target),
            AvroType.Record => Record(writer, target),
            _ => new AvroItems(Node(writer.Items[0], target.Items[0], $"the items of {place}"), writer.Type == AvroType.Map),
        };
    }

    private AvroNode Branch(AvroSchema branch, AvroSchema writer, AvroSchema reader, string place)
    {
        var same = ReferenceEquals(writer, reader);
        var target = same ? branch : reader;
        try
        {
            return Node(branch, target, place);
        }
        catch (AvroSchemaException) when (!same)
        {
            return new AvroMismatch(branch.Display, reader.Display, Node(branch, branch, place));
        }
    }

    private AvroSchema? Choose(AvroSchema writer, AvroSchema union)
    {
        Count(2 * union.Items.Count);
        return union.Items.FirstOrDefault(b => b.Type == writer.Type && b.Name == writer.Name && Fits(writer, b))
            ?? union.Items.FirstOrDefault(b => b.Type == writer.Type && Fits(writer, b))
            ?? union.Items.FirstOrDefault(b => Fits(writer, b));
    }

    private static bool Fits(AvroSchema writer, AvroSchema reader) => (writer.Type, reader.Type) switch
    {
        (AvroType.Int, AvroType.Long or AvroType.Float or AvroType.Double) => true,
        (AvroType.Long, AvroType.Float or AvroType.Double) => true,
        (AvroType.Float, AvroType.Double) => true,
        (AvroType.String, AvroType.Bytes) or (AvroType.Bytes, AvroType.String) => true,
        (AvroType.Record or AvroType.Enum, _) => writer.Type == reader.Type && IsNamed(writer, reader),
        (AvroType.Fixed, _) => reader.Type == AvroType.Fixed && writer.Size == reader.Size && IsNamed(writer, reader),
        _ => writer.Type == reader.Type,
    };

    private static bool IsNamed(AvroSchema writer, AvroSchema reader) =>
        writer.ShortName == reader.ShortName || reader.Aliases.Contains(writer.Name, StringComparer.Ordinal);

    private static AvroNode Integer(AvroSchema writer, AvroSchema reader)
    {
        // What a writer means by its number counts: read as other units it would be another time.
        var logical = writer.Logical != AvroLogical.None && reader.Logical != AvroLogical.None ? writer.Logical : reader.Logical;
        return logical == AvroLogical.None
            ? new AvroScalars.Integer(writer.Type == AvroType.Int, reader.Type)
            : new AvroTime(logical, writer.Type == AvroType.Int);
    }

    private static AvroNode Bytes(AvroSchema writer, AvroSchema reader, string place)
    {
        var size = writer.Type == AvroType.Fixed ? writer.Size : -1;
        if (reader.Logical == AvroLogical.Decimal && writer.Logical == AvroLogical.Decimal && writer.Scale != reader.Scale)
        {
            throw new AvroSchemaException($"{place}: the writer's decimal has {writer.Scale} digits after the point, the reader's {reader.Scale}.");
        }

        return reader.Logical switch
        {
            AvroLogical.Decimal => new AvroDecimal(size, reader.Scale),
            AvroLogical.Duration => new AvroDuration(),
            AvroLogical.Uuid when reader.Type == AvroType.Fixed => new AvroUuid(),
            _ => new AvroBytes(size, reader.Type == AvroType.String),
        };
    }

    private AvroNode Record(AvroSchema writer, AvroSchema reader)
    {
        if (_records.TryGetValue((writer, reader), out var known))
        {
            return known;
        }

        if (_failed.TryGetValue((writer, reader), out var failure))
        {
            throw failure;
        }

        var before = _records.Count;
        try
        {
            return NewRecord(writer, reader);
        }
        catch (AvroSchemaException e)
        {
            // What was compiled on the way may refer to the record that failed.
            while (_records.Count > before)
            {
                _records.RemoveAt(_records.Count - 1);
            }

            _failed[(writer, reader)] = e;
            throw;
        }
    }

    private AvroRecord NewRecord(AvroSchema writer, AvroSchema reader)
    {
        var record = new AvroRecord();
        _records.Add((writer, reader), record);
        var (steps, targets) = (new List<AvroNode>(), new List<int>());
        var found = new bool[reader.Fields.Count];
        foreach (var field in writer.Fields)
        {
            var target = Target(field.Name, writer, reader, found);
            var schema = target < 0 ? field.Schema : reader.Fields[target].Schema;
            steps.Add(Node(field.Schema, schema, $"{reader.Name}.{field.Name}"));
            targets.Add(target);
        }

        AddDefaults(reader, found, steps, targets);
        record.Complete([.. reader.Fields.Select(f => f.Name)], steps, targets);
        return record;
    }

    private int Target(string name, AvroSchema writer, AvroSchema reader, bool[] found)
    {
        var index = ReferenceEquals(writer, reader) ? Array.IndexOf(found, false) : Find(name, reader);
        if (index >= 0 && found[index])
        {
            throw new AvroSchemaException($"{reader.Name}.{reader.Fields[index].Name}: the writer has two fields of its names.");
        }

        if (index >= 0)
        {
            found[index] = true;
        }

        return index;
    }

    private int Find(string name, AvroSchema reader)
    {
        Count(reader.Fields.Count);
        var index = reader.Fields.FindIndex(f => f.Name == name);
        return index >= 0 ? index : reader.Fields.FindIndex(f => f.Aliases.Contains(name, StringComparer.Ordinal));
    }

    private void AddDefaults(AvroSchema reader, bool[] found, List<AvroNode> steps, List<int> targets)
    {
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i])
            {
                continue;
            }

            var field = reader.Fields[i];
            var place = $"{reader.Name}.{field.Name}";
            var value = field.Default ?? throw new AvroSchemaException($"{place}: the writer has no such field, and the reader no default for it.");
            steps.Add(new AvroDefault(AvroDefaultWriter.Bytes(field.Schema, value, place), Node(field.Schema, field.Schema, place)));
            targets.Add(i);
        }
    }

    private void Count(int steps)
    {
        _steps += steps;
        if (_steps > MostSteps)
        {
            throw new AvroSchemaException("The schemas are too large to be compared.");
        }
    }
}
