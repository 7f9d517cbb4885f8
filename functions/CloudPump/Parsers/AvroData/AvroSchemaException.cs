namespace CloudPump.Parsers.AvroData;

/// <summary>A schema is wrong, or two schemas do not fit together.</summary>
public sealed class AvroSchemaException(string message) : Exception(message);
