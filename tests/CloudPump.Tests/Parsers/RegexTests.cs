using CloudPump.Events;
using CloudPump.Parsers;
using CloudPump.Pipelines;
using CloudPump.Tests.Fuzzing;

namespace CloudPump.Tests.Parsers;

public sealed class RegexTests
{
    [Theory]
    [InlineData(@"^(?<a>\w+)=(?<b>.*)$", "x=1 2", """{"a":"x","b":"1 2"}""")]
    [InlineData(@"(?P<a>[a-z]+)(?'b'[0-9]+)", "--ab12--", """{"a":"ab","b":"12"}""")]
    [InlineData(@"(?<a>x)?(y)(?<b>z*)", "y", """{"b":""}""")]
    [InlineData(@"(?<a.b>\d+)-(?<a.c>\d+)-(?<d>\d+)", "1-2-3", """{"a":{"b":"1","c":"2"},"d":"3"}""")]
    [InlineData(@"(?<a.b>x)?(?<c>y)", "y", """{"c":"y"}""")]
    [InlineData(@"x(?<a>\d)|y(?<a>\d)", "y2", """{"a":"2"}""")]
    [InlineData(@"(?<a>[[:upper:][:digit:]_-]+)(?#the [rest)(?<b>[^[:space:]]*)", "  A-1_é! x", """{"a":"A-1_","b":"é!"}""")]
    [InlineData(@"\(\?<x>(?<a>[(?<]+)\[", "(?<x>(?[", """{"a":"(?"}""")]
    [InlineData(@"(?<a>[a-z-[aeiou]]+)", "eabcd", """{"a":"bcd"}""")]
    [InlineData(@"(?<a>[]x]+)", "a]x]", """{"a":"]x]"}""")]
    [InlineData(@"(?i)(?<a>err)or", "ERROR", """{"a":"ERR"}""")]
    public void Named_groups_become_fields(string pattern, string line, string expected) =>
        Assert.Equal(expected, new Bench().Add(line).Parse(new Regex { Pattern = pattern }).Single);

    [Theory]
    [InlineData("é1ü2", "é", "1", "ü2")]
    [InlineData("\ud83d\ude001\ud83d\ude00", "\ud83d\ude00", "1", "\ud83d\ude00")]
    [InlineData("\u20ac\"1\\", "\u20ac\"", "1", "\\")]
    public void Offsets_beyond_ASCII_are_right(string line, string before, string number, string after)
    {
        var bench = new Bench().Add("first1", line).Parse(new Regex { Pattern = @"(?<a>\D*)(?<n>\d)(?<b>.*)" });
        var slots = bench.Batch.Slots(1).ToArray();
        Assert.Equal([before, number, after], slots.Select(s => System.Text.Encoding.UTF8.GetString(bench.Batch.Text(s))));
        Assert.All(slots, s => Assert.InRange(s.Offset, bench.Batch.Header(1).RawOffset, bench.Batch.Header(1).RawOffset + bench.Batch.Header(1).RawLength));
    }

    [Fact]
    public void A_match_never_cuts_a_character() =>
        Assert.Equal("{\"a\":\"\",\"b\":\"\ud83d\ude00x\"}", new Bench().Add("\ud83d\ude00x").Parse(new Regex { Pattern = "^(?<a>.)(?<b>.*)$" }).Single);

    [Fact]
    public void Types_are_converted_and_what_is_none_is_a_dead_letter()
    {
        var regex = new Regex { Pattern = @"(?<n>\S+) (?<t>\S+)", Types = new NamedList<FieldType> { { "n", FieldType.Int }, { "t", FieldType.Timestamp } } };
        var bench = new Bench().Add("007 2026-10-10T00:00:00+02:00", "éx 2026-10-10T00:00:00Z", "1 é").Parse(regex);
        Assert.Equal("""{"n":7,"t":"2026-10-09T22:00:00Z"}""", bench.Single);
        Assert.Equal(["The text of 'n', at byte 0 of the event, is no int.", "The text of 't', at byte 2 of the event, is no timestamp."], bench.Batch.Failures.Select(f => f.Reason));
    }

    [Fact]
    public void What_does_not_match_is_a_dead_letter()
    {
        Assert.Equal("The event does not match the pattern.", new Bench().Add("abc").Parse(new Regex { Pattern = "(?<a>x)" }).Reason);
        Assert.Equal("The event is not valid UTF-8.", new Bench().AddBytes([[(byte)'x', 0x80]]).Parse(new Regex { Pattern = "(?<a>x)" }).Reason);
    }

    [Theory]
    [InlineData("a", "The pattern has no named group, so it would give no fields; write (?<name>...) around the parts that are wanted.")]
    [InlineData("(?<a>x)(?=y)", "A look ahead or behind at character 8 ('(?=y)') would need backtracking, which hostile input can make endless. Match the text itself, or \\b for a word's edge, and name only the part that is wanted.")]
    [InlineData("(?<!y)(?<a>x)", "A look ahead or behind at character 1 ('(?<!y)(?<a>x') would")]
    [InlineData("(?<a>x)\\1", "A reference to an earlier group at character 8 ('\\1') would")]
    [InlineData("(?<a>x)\\k<a>", "A reference to an earlier group at character 8 ('\\k<a>') would")]
    [InlineData("(?>x)(?<a>x)", "An atomic group at character 1 ('(?>x)(?<a>x)') would need backtracking, which hostile input can make endless. Write (?:...) instead.")]
    [InlineData("(?(x)y|z)(?<a>x)", "A condition at character 1 (")]
    [InlineData("(?<a>x))", "The pattern is no regular expression: Too many )'s. (at character 8)")]
    [InlineData("(?P<a>x)**", "The pattern is no regular expression: Nested quantifier '*'.")]
    [InlineData("(?<a", "The name of the group at character 1 ('(?<a') has no end; write (?<name>...).")]
    [InlineData("(?<a..b>x)", "'a..b' cannot be a field's name; write name, a.b or [a][b].")]
    [InlineData("(?<a>x)(?<a.b>x)", "The field 'a.b' would be a value and an object with fields of its own at once; give one of them another name.")]
    [InlineData("(?<a.b>x)(?<a>x)", "The field 'a' would be a value and an object")]
    public void A_pattern_that_cannot_be_is_explained(string pattern, string error) =>
        Assert.StartsWith(error, Assert.Single(DefinitionErrors.Of(new Regex { Pattern = pattern })), StringComparison.Ordinal);

    [Fact]
    public void Mistakes_have_their_place()
    {
        Assert.StartsWith("f.yaml:3:20: error: The pattern has no named group", Assert.Single(DefinitionErrors.OfYaml("- parse: {regex: 'abc'}")), StringComparison.Ordinal);
        Assert.Equal(
            "f.yaml:3:51: error: The pattern has no group 'cdoe'. Did you mean 'code'?",
            Assert.Single(DefinitionErrors.OfYaml("- parse: {regex: {pattern: '(?<code>x)', types: {cdoe: int}}}")));
    }

    [Fact]
    public void A_pattern_that_would_explode_elsewhere_is_quick() => Quick.Within(
        TimeSpan.FromSeconds(5), () => new Bench().Add(new string('a', 100_000) + "!").Parse(new Regex { Pattern = "^(?<a>(a+)+)$" }));

    [Fact]
    public void Whatever_an_event_holds_nothing_breaks() => ProcessorFuzz.Run(
        new Regex { Pattern = @"^(?<a.b>\w+) (?<n>[-+.\d]+)(?<rest>: .)?(?<x>(.|\n)*)", Types = new NamedList<FieldType> { { "n", FieldType.Double } } },
        ["warn 1.5: x", "é -7 \ud83d\ude00 tail\n"], [" ", ": ", "1", "e9", "\ud83d\ude00", "é", "\"", "\\", "\n", "\0"], 21);
}
