namespace CloudPump.Events;

/// <summary>The types that a pipeline file can give a field.</summary>
public enum FieldType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number of 64 bits.</summary>
    Int,

    /// <summary>A floating-point number of 64 bits.</summary>
    Double,

    /// <summary>true or false.</summary>
    Bool,

    /// <summary>A point in time.</summary>
    Timestamp,
}
