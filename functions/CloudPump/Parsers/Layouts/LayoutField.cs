using CloudPump.Pipelines;

namespace CloudPump.Parsers.Layouts;

/// <summary>A field of a binary layout.</summary>
public sealed class LayoutField : ILocated
{
    private readonly Dictionary<string, SourceLocation> _locations = new(StringComparer.Ordinal);

    /// <summary>The name.</summary>
    [Option("The name that the event's field gets.", Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The type.</summary>
    [Option("The type.", Required = true)]
    public LayoutType Type { get; set; }

    /// <summary>What it is.</summary>
    [Option("What the field is.")]
    public string Description { get; set; } = "";

    /// <summary>Where it stands.</summary>
    [Option("The byte where it begins, counted from that of the record or of the group; by default the one after the field before.")]
    public int? Offset { get; set; }

    /// <summary>Its tag.</summary>
    [Option("The tag, as a number or hexadecimal (0x8a); needed when the encoding is tlv.")]
    public string? Tag { get; set; }

    /// <summary>Its length.</summary>
    [Option("The length in bytes; a tlv layout takes what stands after the tag if none is told.")]
    public int? Length { get; set; }

    /// <summary>The field that tells the length.</summary>
    [Option("The earlier field that tells the length.")]
    public string? LengthFrom { get; set; }

    /// <summary>When it is there.</summary>
    [Option("The bit that says whether the field is there, as FIELD.BIT of an earlier field of type bits; when it is not, the field takes no bytes.")]
    public string? When { get; set; }

    /// <summary>Whether it keeps its room.</summary>
    [Option("The field takes its bytes even when its bit says that it is not there.")]
    public bool KeepsRoom { get; set; }

    /// <summary>Not shown.</summary>
    [Option("The event does not get the field: it only tells a count or a length.")]
    public bool Hidden { get; set; }

    /// <summary>Needed.</summary>
    [Option("A tlv record without the field is a dead letter.")]
    public bool Required { get; set; }

    /// <summary>Many.</summary>
    [Option("The tag may come several times: the field is a list.")]
    public bool Repeated { get; set; }

    /// <summary>The order of its bytes.</summary>
    [Option("Which byte of the number comes first, if not as in the whole layout.")]
    public LayoutByteOrder? ByteOrder { get; set; }

    /// <summary>Names of values.</summary>
    [Option("Names of a number's values: the field is the name, or the number where it has none.")]
    public NamedList<string> Values { get; set; } = [];

    /// <summary>The field for the names.</summary>
    [Option("With `values`: the field keeps the number, and this further one gets the name.")]
    public string? Label { get; set; }

    /// <summary>Named bits.</summary>
    [Option("The bits of a field of type bits, 0 the lowest: {urgent: 0, mode: 4-6}; a range is a number.")]
    public NamedList<string> Bits { get; set; } = [];

    /// <summary>The unit of a time.</summary>
    [Option("How a timestamp is written.")]
    public LayoutUnit Unit { get; set; } = LayoutUnit.Seconds;

    /// <summary>How many.</summary>
    [Option("How often a group comes: a number, or the earlier field that tells it.")]
    public string? Count { get; set; }

    /// <summary>Until the end.</summary>
    [Option("A group comes again until the record, or the value that holds it, ends.")]
    public bool UntilEnd { get; set; }

    /// <summary>How a group's fields follow one another.</summary>
    [Option("How the fields of a group follow one another, if not as in the whole layout.")]
    public LayoutEncoding? Encoding { get; set; }

    /// <summary>A group's fields.</summary>
    [Option("The fields of a group.")]
    public List<LayoutField> Fields { get; set; } = [];

    /// <summary>Whether it is a list of objects.</summary>
    internal bool IsList => Count is not null || UntilEnd;

    /// <summary>Whether an option was written.</summary>
    internal bool Has(string option) => _locations.ContainsKey(option);

    /// <summary>Where an option stands; the name, when it was not written.</summary>
    internal SourceLocation LocationOf(string option) => _locations.TryGetValue(option, out var location) ? location : _locations.GetValueOrDefault("name");

    void ILocated.SetLocation(string option, SourceLocation location) => _locations[option] = location;
}
