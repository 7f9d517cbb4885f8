using System.Text.Json;

namespace CloudPump.Pipelines.Testing;

/// <summary>Finds a field as pipelines name it: a top-level name, or dots that lead into objects. The whole name is tried first.</summary>
internal static class JsonPath
{
    public static bool TryFind(JsonElement obj, string path, out JsonElement value)
    {
        if (obj.TryGetProperty(path, out value))
        {
            return true;
        }

        value = obj;
        foreach (var name in path.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return false;
            }
        }

        return true;
    }
}
