using System.Text;
using System.Text.Json.Nodes;
using CloudPump.Generators;
using CloudPump.Parsers.AvroData;

namespace CloudPump.Tests.Parsers.AvroData;

public sealed class AvroFilesTests
{
    [Fact]
    public void Every_file_gives_what_another_decoder_gives()
    {
        var expectations = File.ReadAllLines(TestData.Require("avro/EXPECTED-by-avsc.ndjson")).Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
        Assert.Equal(15, expectations.Count);
        foreach (var expected in expectations)
        {
            var file = (string)expected["file"]!;
            var bytes = File.ReadAllBytes(TestData.Require($"avro/{file}"));
            var bench = new Bench().AddBytes(bytes).Run(new Avro());
            Assert.True(bench.Batch.Failures.Count == 0, $"{file}: {bench.Batch.Failures.FirstOrDefault().Reason}");
            Assert.True(bench.Batch.Rows.Length == (int)expected["records"]!, $"{file}: {bench.Batch.Rows.Length}");
            CheckHeader(bytes, file, expected);
            var isRecord = !((string)expected["schema"]!).StartsWith("union", StringComparison.Ordinal);
            Check(bench.Event(bench.Batch.Rows[0]), $"{file} first", expected["first"], isRecord);
            Check(bench.Event(bench.Batch.Rows[^1]), $"{file} last", expected["last"], isRecord);
        }
    }

    private static void CheckHeader(byte[] bytes, string file, JsonObject expected)
    {
        var cursor = new AvroCursor(bytes, 0);
        var header = new AvroHeader();
        Assert.Null(header.Read(ref cursor));
        var schema = AvroSchemaReader.Read(header.Schema.ToArray());
        Assert.Equal((string)expected["codec"]!, header.Codec.ToString().ToLowerInvariant());
        Assert.True((string)expected["schema"]! == (schema.Name.Length > 0 ? schema.Name : "union:wrapped"), file);
    }

    private static void Check(string json, string what, JsonNode? expected, bool isRecord)
    {
        if (expected is not null)
        {
            var actual = JsonNode.Parse(json)!.AsObject();
            Assert.True(isRecord || actual.Count == 1, json);
            Assert.True(Same(JsonNode.Parse((string)expected!), isRecord ? actual : actual["value"]), $"{what}: {json} instead of {expected}");
        }
    }

    // avsc wraps the values of unions in an object with the branch's name, shows bytes as a Buffer, and large longs as text.
    private static bool Same(JsonNode? expected, JsonNode? actual)
    {
        expected = Plain(expected);
        if (expected is JsonObject map && actual is JsonObject other)
        {
            return map.Count == other.Count && map.All(m => other.ContainsKey(m.Key) && Same(m.Value, other[m.Key]));
        }

        if (expected is System.Text.Json.Nodes.JsonArray list && actual is System.Text.Json.Nodes.JsonArray others)
        {
            return list.Count == others.Count && list.Zip(others).All(p => Same(p.First, p.Second));
        }

        return expected is null || actual is null ? expected is null && actual is null
            : expected.GetValueKind() == System.Text.Json.JsonValueKind.Number ? (double)expected == (double)actual
            : JsonNode.DeepEquals(expected, actual) || (actual.GetValueKind() == System.Text.Json.JsonValueKind.Number && expected.ToString() == actual.ToJsonString());
    }

    private static JsonNode? Plain(JsonNode? value) => value is not JsonObject { Count: 1 or 2 } map ? value
        : (string?)(map["type"] as JsonValue)! == "Buffer" ? JsonValue.Create(Convert.ToBase64String([.. map["data"]!.AsArray().Select(b => (byte)(int)b!)]))
        : map.Count == 1 && map.First().Key is "int" or "long" or "string" or "float" or "double" or "boolean" or "array" or "map" or "bytes" ? map.First().Value
        : value;

    [Fact]
    public void Canonical_forms_and_fingerprints_are_those_of_the_specification()
    {
        var cases = Cases(File.ReadAllLines(TestData.Require("avro/schema-tests.txt"))).ToList();
        Assert.True(cases.Count >= 34, $"{cases.Count}");
        foreach (var (schema, canonical, fingerprint) in cases)
        {
            var read = AvroSchemaReader.Read(Encoding.UTF8.GetBytes(schema));
            Assert.Equal(canonical, Encoding.UTF8.GetString(AvroCanonicalForm.Of(read)));
            Assert.True(fingerprint is null || fingerprint == AvroCanonicalForm.Fingerprint(read), schema);
        }
    }

    private static IEnumerable<(string Schema, string Canonical, long? Fingerprint)> Cases(string[] lines)
    {
        var (schema, canonical) = ("", "");
        long? fingerprint = null;
        for (var i = 0; i <= lines.Length; i++)
        {
            var line = i < lines.Length ? lines[i] : "<<INPUT end";
            if (line.StartsWith("<<INPUT", StringComparison.Ordinal))
            {
                if (canonical.Length > 0)
                {
                    yield return (schema, canonical, fingerprint);
                }

                (schema, canonical, fingerprint) = (line[7..], "", null);
                for (; i + 1 < lines.Length && line == "<<INPUT" && lines[i + 1] != "INPUT"; i++)
                {
                    schema += lines[i + 1];
                }
            }
            else if (line.StartsWith("<<canonical ", StringComparison.Ordinal))
            {
                canonical = line[12..];
            }
            else if (line.StartsWith("<<fingerprint ", StringComparison.Ordinal))
            {
                fingerprint = long.Parse(line[14..]);
            }
        }
    }

    [Theory]
    [InlineData("weather-snappy.avro")]
    [InlineData("weather-deflate.avro")]
    [InlineData("weather.avro")]
    [InlineData("person-10.avro")]
    public void Wherever_a_file_is_cut_or_damaged_all_of_it_is_a_dead_letter_or_none(string file)
    {
        var whole = File.ReadAllBytes(TestData.Require($"avro/{file}"));
        var bench = new Bench();
        var generator = new Avro().Build(bench.Context);
        for (var at = 1; at < whole.Length; at++)
        {
            foreach (var input in new[] { whole[..at], [.. whole[..at], (byte)~whole[at], .. whole[(at + 1)..]] })
            {
                bench.Batch.Clear();
                bench.Batch.AddOrigin(Bench.Origin);
                bench.AddBytes(input).Run(generator);
                Assert.True(bench.Batch.Failures.Count == 0 || bench.Batch.Rows.Length == 0, $"{at}");
                Assert.All(bench.Batch.Failures, f => Assert.True(f.Reason.Contains("byte ", StringComparison.Ordinal) || f.Reason.Contains("schema", StringComparison.Ordinal), f.Reason));
            }
        }
    }
}
