namespace CloudPump.Parsers.Layouts;

/// <summary>A field of a layout as it is read: names and references are resolved.</summary>
internal sealed class LayoutItem
{
    /// <summary>What it is called in reasons: its way through the groups.</summary>
    public required string Path { get; init; }

    public required LayoutType Type { get; init; }

    /// <summary>The event's field; it counts at the top only.</summary>
    public required ushort Field { get; init; }

    /// <summary>The name as it begins a member of a JSON object.</summary>
    public required byte[] Prefix { get; init; }

    /// <summary>Where it begins; -1 for after the one before.</summary>
    public int Offset { get; init; } = -1;

    public uint Tag { get; init; }

    /// <summary>The length in bytes; -1 when the record tells.</summary>
    public int Length { get; init; } = -1;

    /// <summary>The register that tells the length; -1 for none.</summary>
    public int LengthFrom { get; init; } = -1;

    /// <summary>The register whose bit tells whether it is there; -1 for always.</summary>
    public int When { get; init; } = -1;

    public int WhenBit { get; init; }

    public bool KeepsRoom { get; init; }

    public bool Hidden { get; init; }

    public bool Required { get; init; }

    public bool Repeated { get; init; }

    public bool IsLittle { get; init; }

    /// <summary>The register that keeps the number for later fields; -1 for none.</summary>
    public int Register { get; set; } = -1;

    public LayoutNames? Values { get; init; }

    /// <summary>The field for the names of values; its prefix is null when there is none.</summary>
    public ushort Label { get; init; }

    public byte[]? LabelPrefix { get; init; }

    public IReadOnlyList<LayoutBits> Bits { get; init; } = [];

    public LayoutUnit Unit { get; init; }

    /// <summary>Whether a group comes several times.</summary>
    public bool IsList { get; init; }

    /// <summary>How often a group comes; -1 when a register tells, or the end.</summary>
    public int Count { get; init; } = -1;

    public int CountFrom { get; init; } = -1;

    /// <summary>What a group is made of.</summary>
    public LayoutBody? Body { get; init; }
}
