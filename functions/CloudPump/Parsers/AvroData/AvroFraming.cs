namespace CloudPump.Parsers.AvroData;

/// <summary>What stands before a datum.</summary>
public enum AvroFraming
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>C3 01 and the fingerprint of the writer's schema, eight bytes, lowest first.</summary>
    SingleObject,

    /// <summary>A zero and the schema's number in a registry, four bytes.</summary>
    Confluent,
}
