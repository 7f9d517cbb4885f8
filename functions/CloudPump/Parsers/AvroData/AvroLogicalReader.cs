using System.Text.Json;

namespace CloudPump.Parsers.AvroData;

/// <summary>Reads what a type means. As the specification demands, a logical type that is unknown or does not fit its type is passed over.</summary>
internal static class AvroLogicalReader
{
    private const int MostDigits = 400;

    /// <summary>The schema with its logical type, if it has one.</summary>
    public static AvroSchema Of(AvroSchema schema, JsonElement json)
    {
        var logical = Logical(schema, AvroNames.Text(json, "logicalType"));
        var scale = 0;
        if (logical == AvroLogical.Decimal)
        {
            var precision = Number(json, "precision") ?? 0;
            scale = Number(json, "scale") ?? 0;
            logical = precision is < 1 or > MostDigits || scale < 0 || scale > precision ? AvroLogical.None : logical;
        }

        return logical == AvroLogical.None ? schema : new AvroSchema(schema.Type)
        {
            Name = schema.Name, Aliases = schema.Aliases, Size = schema.Size, Logical = logical, Scale = scale,
        };
    }

    private static AvroLogical Logical(AvroSchema schema, string? name) => (schema.Type, name) switch
    {
        (AvroType.Int, "date") => AvroLogical.Date,
        (AvroType.Int, "time-millis") => AvroLogical.TimeMillis,
        (AvroType.Long, "time-micros") => AvroLogical.TimeMicros,
        (AvroType.Long, "timestamp-millis") => AvroLogical.TimestampMillis,
        (AvroType.Long, "timestamp-micros") => AvroLogical.TimestampMicros,
        (AvroType.Long, "timestamp-nanos") => AvroLogical.TimestampNanos,
        (AvroType.Long, "local-timestamp-millis") => AvroLogical.LocalTimestampMillis,
        (AvroType.Long, "local-timestamp-micros") => AvroLogical.LocalTimestampMicros,
        (AvroType.Long, "local-timestamp-nanos") => AvroLogical.LocalTimestampNanos,
        (AvroType.Bytes or AvroType.Fixed, "decimal") => AvroLogical.Decimal,
        (AvroType.String, "uuid") => AvroLogical.Uuid,
        (AvroType.Fixed, "uuid") when schema.Size == 16 => AvroLogical.Uuid,
        (AvroType.Fixed, "duration") when schema.Size == 12 => AvroLogical.Duration,
        _ => AvroLogical.None,
    };

    private static int? Number(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
