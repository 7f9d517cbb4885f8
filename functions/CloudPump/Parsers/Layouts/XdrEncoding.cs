namespace CloudPump.Parsers.Layouts;

/// <summary>How a record travels.</summary>
public enum XdrEncoding
{
    /// <summary>As it is.</summary>
    Binary,

    /// <summary>As hexadecimal text.</summary>
    Hex,

    /// <summary>As base64.</summary>
    Base64,
}
