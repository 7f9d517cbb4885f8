using System.Text.Json.Nodes;

namespace CloudPump.Tests.Events;

/// <summary>Random JSON values, with names and texts that need care.</summary>
internal static class RandomJson
{
    private static readonly string[] Words = ["a", "b", "c", "", "é", "😀", "a.b", "\"", "\\", "\n", "\0", "/", "x y", "\u007f", "\u2028", "long enough to matter"];

    public static JsonObject Object(Random random, int depth)
    {
        var result = new JsonObject();
        for (var n = random.Next(5); n > 0; n--)
        {
            result[Word(random)] = Value(random, depth - 1);
        }

        return result;
    }

    public static string Word(Random random) => Words[random.Next(Words.Length)] + (random.Next(3) == 0 ? Words[random.Next(Words.Length)] : "");

    public static JsonNode? Value(Random random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(random.NextInt64(long.MinValue, long.MaxValue)),
        3 => JsonValue.Create(BitConverter.Int64BitsToDouble(random.NextInt64()) is var d && double.IsFinite(d) ? d : 0.5),
        4 or 5 => JsonValue.Create(Word(random)),
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1))]),
        _ => Object(random, depth),
    };
}
