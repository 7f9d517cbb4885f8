namespace CloudPump.Lookups;

/// <summary>How a key is found.</summary>
public enum LookupMatch
{
    /// <summary>The key itself.</summary>
    Exact,

    /// <summary>The key is a network such as 10.0.0.0/8, and an address finds the longest prefix that holds it.</summary>
    Cidr,

    /// <summary>The key is a first and a last number, time or address, and a value finds the narrowest range that holds it.</summary>
    Range,

    /// <summary>The key is the beginning of a text, and a text finds the longest one, as in numbering plans.</summary>
    Prefix,
}
