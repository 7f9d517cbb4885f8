using System.Text.Json;

namespace CloudPump.Parsers.AvroData;

/// <summary>A field of a record.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Aliases">Names that a writer may have for it.</param>
/// <param name="Schema">Its type.</param>
/// <param name="Default">What a reader takes when the writer has no such field; null when there is none.</param>
internal sealed record AvroField(string Name, IReadOnlyList<string> Aliases, AvroSchema Schema, JsonElement? Default);
