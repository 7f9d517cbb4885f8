using CloudPump.Pipelines;

namespace CloudPump.Parsers.Layouts;

/// <summary>A binary layout as its YAML file declares it.</summary>
public sealed class Layout : ILocated
{
    private readonly Dictionary<string, SourceLocation> _locations = new(StringComparer.Ordinal);

    /// <summary>What the records are.</summary>
    [Option("What the records are.")]
    public string Description { get; set; } = "";

    /// <summary>How fields follow one another.</summary>
    [Option("fixed: fields stand at the places that the layout tells; tlv: each has a tag and a length before it.")]
    public LayoutEncoding Encoding { get; set; } = LayoutEncoding.Fixed;

    /// <summary>The byte order.</summary>
    [Option("Which byte of a number comes first: big is the highest.")]
    public LayoutByteOrder ByteOrder { get; set; } = LayoutByteOrder.Big;

    /// <summary>How large tags are.</summary>
    [Option("How large a tag is: 1, 2 or 4 bytes, or ber (X.690).")]
    public string TagSize { get; set; } = "1";

    /// <summary>How large lengths are.</summary>
    [Option("How large a length is: 1, 2 or 4 bytes, or ber (X.690, definite form).")]
    public string LengthSize { get; set; } = "1";

    /// <summary>Unknown tags.</summary>
    [Option("Tags that the layout does not have: keep puts them as hexadecimal text under `unknown`, ignore reads over them.")]
    public LayoutUnknown Unknown { get; set; } = LayoutUnknown.Keep;

    /// <summary>Bytes at the end.</summary>
    [Option("Bytes after the last field of a fixed layout: fail makes a dead letter, ignore reads over them.")]
    public LayoutTrailing Trailing { get; set; } = LayoutTrailing.Fail;

    /// <summary>The fields.</summary>
    [Option("The fields, in their order.", Required = true)]
    public List<LayoutField> Fields { get; set; } = [];

    /// <summary>Where an option stands.</summary>
    internal SourceLocation LocationOf(string option) => _locations.GetValueOrDefault(option, _locations.Values.FirstOrDefault());

    void ILocated.SetLocation(string option, SourceLocation location) => _locations[option] = location;
}
