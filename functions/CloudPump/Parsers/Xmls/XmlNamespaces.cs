namespace CloudPump.Parsers.Xmls;

/// <summary>What becomes of the prefixes of namespaces.</summary>
public enum XmlNamespaces
{
    /// <summary>They are taken away, with the declarations.</summary>
    Drop,

    /// <summary>Names stay as they are written.</summary>
    Keep,
}
