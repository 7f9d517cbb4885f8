namespace CloudPump.Parsers.Layouts;

/// <summary>What becomes of tags that the layout does not have.</summary>
public enum LayoutUnknown
{
    /// <summary>They are kept under `unknown`.</summary>
    Keep,

    /// <summary>They are read over.</summary>
    Ignore,
}
