namespace CloudPump.Parsers.Layouts;

/// <summary>How fields follow one another.</summary>
public enum LayoutEncoding
{
    /// <summary>At places that the layout tells.</summary>
    Fixed,

    /// <summary>Each with a tag and a length before it, in any order.</summary>
    Tlv,
}
