using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Parsers.Layouts;

/// <summary>Turns a layout into what reads records: names and references are resolved, and what does not fit together is reported with its place.</summary>
internal sealed class LayoutCompiler(Layout layout, FieldTable fields, List<Diagnostic> diagnostics)
{
    private readonly LayoutChecks _checks = new(diagnostics);

    /// <summary>How many numbers the record keeps for later fields.</summary>
    public int Registers { get; private set; }

    /// <summary>What reads a record; null when the layout has mistakes.</summary>
    public LayoutBody? Compile()
    {
        var body = Body(layout.Fields, layout.Encoding, "", new LayoutScope(null), layout.LocationOf("fields"));
        return diagnostics.Exists(d => !d.IsWarning) ? null : body;
    }

    private LayoutBody Body(List<LayoutField> list, LayoutEncoding encoding, string path, LayoutScope scope, SourceLocation at)
    {
        if (list.Count is 0 or > LayoutTlv.MostFields)
        {
            diagnostics.Add(new Diagnostic(at, $"A layout, and a group, has 1 to {LayoutTlv.MostFields} fields."));
        }

        var items = new List<LayoutItem>();
        foreach (var field in list)
        {
            _checks.Check(field, encoding);
            var item = Item(field, encoding, path, scope);
            if (!scope.TryAdd(field, item))
            {
                _checks.Error(field, "name", $"There are two fields '{field.Name}'.");
            }

            if (encoding == LayoutEncoding.Tlv && items.Exists(i => i.Tag == item.Tag))
            {
                _checks.Error(field, "tag", $"There are two fields with the tag {field.Tag}.");
            }

            items.Add(item);
        }

        return encoding == LayoutEncoding.Fixed
            ? new LayoutFixed([.. items], layout.Trailing == LayoutTrailing.Fail)
            : new LayoutTlv([.. items], Tags(), layout.Unknown == LayoutUnknown.Keep);
    }

    private LayoutItem Item(LayoutField field, LayoutEncoding encoding, string path, LayoutScope scope)
    {
        var own = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
        var inner = field.Encoding ?? encoding;
        var when = When(field, scope);
        var isNumber = int.TryParse(field.Count, out var count);
        return new LayoutItem
        {
            Path = own,
            Type = field.Type,
            Field = fields.Id(field.Name),
            Prefix = LayoutJson.Prefix(field.Name),
            Offset = field.Offset ?? -1,
            Tag = Tag(field, encoding),
            Length = field.Length ?? (encoding == LayoutEncoding.Fixed || field.Type != LayoutType.Group ? LayoutChecks.UsualLength(field) : -1),
            LengthFrom = Reference(field, "length_from", field.LengthFrom, scope),
            When = when.Register,
            WhenBit = when.Bit,
            KeepsRoom = field.KeepsRoom,
            Hidden = field.Hidden,
            Required = field.Required,
            Repeated = field.Repeated,
            IsLittle = (field.ByteOrder ?? layout.ByteOrder) == LayoutByteOrder.Little,
            Values = field.Values.Count > 0 ? new LayoutNames(_checks.Values(field)) : null,
            Label = field.Label is null ? (ushort)0 : fields.Id(field.Label),
            LabelPrefix = field.Label is null ? null : LayoutJson.Prefix(field.Label),
            Bits = _checks.Bits(field),
            Unit = field.Unit,
            IsList = field.IsList,
            Count = isNumber ? count : -1,
            CountFrom = isNumber ? -1 : Reference(field, "count", field.Count, scope),
            Body = field.Type == LayoutType.Group
                ? Body(field.Fields, inner, own, new LayoutScope(inner == LayoutEncoding.Fixed && encoding == LayoutEncoding.Fixed ? scope : null), field.LocationOf("fields"))
                : null,
        };
    }

    private int Reference(LayoutField field, string option, string? name, LayoutScope scope)
    {
        if (name is null)
        {
            return -1;
        }

        if (scope.Find(name) is { } item && item.Type == LayoutType.Uint)
        {
            return Register(item);
        }

        _checks.Error(field, option, $"There is no field '{name}' of type uint before this one in a fixed layout.{Nearest.Hint(name, scope.Names)}");
        return -1;
    }

    private (int Register, int Bit) When(LayoutField field, LayoutScope scope)
    {
        if (field.When is null)
        {
            return (-1, 0);
        }

        var dot = field.When.IndexOf('.');
        var item = dot < 0 ? null : scope.Find(field.When[..dot]);
        var bit = item?.Bits.FirstOrDefault(b => b.Name == field.When[(dot + 1)..] && b.Width == 1);
        if (bit is null)
        {
            _checks.Error(field, "when", $"'{field.When}' names no single bit of a field of type bits before this one; write FIELD.BIT.{Nearest.Hint(field.When, scope.Bits)}");
            return (-1, 0);
        }

        return (Register(item!), bit.First);
    }

    private int Register(LayoutItem item) => item.Register = item.Register >= 0 ? item.Register : Registers++;

    private uint Tag(LayoutField field, LayoutEncoding encoding)
    {
        if (encoding == LayoutEncoding.Fixed || field.Tag is null)
        {
            return 0;
        }

        if (LayoutChecks.TryNumber(field.Tag, out var tag) && tag >= 0 && tag < 1L << (8 * (Size(layout.TagSize) is > 0 and var size ? size : 4)))
        {
            return (uint)tag;
        }

        _checks.Error(field, "tag", $"'{field.Tag}' is no tag of this layout's size; write a number such as 138 or 0x8a.");
        return 0;
    }

    private LayoutTags Tags()
    {
        if (Size(layout.TagSize) < 0 || Size(layout.LengthSize) < 0)
        {
            var option = Size(layout.TagSize) < 0 ? "tag_size" : "length_size";
            diagnostics.Add(new Diagnostic(layout.LocationOf(option), $"'{option}' takes 1, 2, 4 or ber."));
        }

        return new LayoutTags(Math.Max(Size(layout.TagSize), 0), Math.Max(Size(layout.LengthSize), 0), layout.ByteOrder == LayoutByteOrder.Little);
    }

    private static int Size(string text) => text switch { "1" => 1, "2" => 2, "4" => 4, "ber" => 0, _ => -1 };
}
