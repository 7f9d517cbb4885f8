namespace CloudPump.Parsers.Layouts;

/// <summary>Which byte of a number comes first.</summary>
public enum LayoutByteOrder
{
    /// <summary>The highest.</summary>
    Big,

    /// <summary>The lowest.</summary>
    Little,
}
