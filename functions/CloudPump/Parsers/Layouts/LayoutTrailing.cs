namespace CloudPump.Parsers.Layouts;

/// <summary>What becomes of a record that is longer than its layout.</summary>
public enum LayoutTrailing
{
    /// <summary>It is a dead letter.</summary>
    Fail,

    /// <summary>The bytes at its end are read over: a newer version's fields.</summary>
    Ignore,
}
