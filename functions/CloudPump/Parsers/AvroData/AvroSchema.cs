namespace CloudPump.Parsers.AvroData;

/// <summary>A schema. A named type that is used again is the same object, so schemas may be recursive.</summary>
internal sealed class AvroSchema(AvroType type)
{
    public AvroType Type => type;

    /// <summary>The full name of a record, enum or fixed; empty for other types.</summary>
    public string Name { get; init; } = "";

    /// <summary>Full names that a writer may have for the type.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>A record's fields.</summary>
    public List<AvroField> Fields { get; } = [];

    /// <summary>An enum's symbols.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>What an enum takes for symbols that it does not have.</summary>
    public string? EnumDefault { get; init; }

    /// <summary>An array's one type of items, a map's one type of values, or a union's branches.</summary>
    public IReadOnlyList<AvroSchema> Items { get; init; } = [];

    /// <summary>A fixed's size in bytes.</summary>
    public int Size { get; init; }

    public AvroLogical Logical { get; init; }

    /// <summary>How many of a decimal's digits stand after the point.</summary>
    public int Scale { get; init; }

    /// <summary>The name without its namespace.</summary>
    public string ShortName => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>How it is called in messages.</summary>
    public string Display => Name.Length > 0 ? $"{TypeName} '{Name}'" : TypeName;

    public string TypeName => type.ToString().ToLowerInvariant();
}
