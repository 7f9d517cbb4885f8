namespace CloudPump.Parsers.AvroData;

/// <summary>The types of Avro (specification 1.12, "Schema Declaration").</summary>
internal enum AvroType
{
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Record,
    Enum,
    Array,
    Map,
    Union,
    Fixed,
}
