using System.Text;
using CloudPump.Parsers;
using CloudPump.Tests.Fuzzing;

namespace CloudPump.Tests.Parsers;

public sealed class KeyValueTests
{
    [Theory]
    [InlineData("a=1 b=\"x y\" c= flag", """{"a":"1","b":"x y","c":"","flag":true}""")]
    [InlineData("  a=1\t\tb=2 \r\n", """{"a":"1","b":"2"}""")]
    [InlineData("", "{}")]
    [InlineData(" \n", "{}")]
    [InlineData("url=/x?a=b=c& q==", """{"url":"/x?a=b=c&","q":"="}""")]
    [InlineData("a=1 a=2 b a=3", """{"a":"3","b":true}""")]
    [InlineData("path=C:\\temp say=it\"s", """{"path":"C:\\temp","say":"it\"s"}""")]
    [InlineData("""a="\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\ud83d\q\u00" b="" """, """{"a":"\"\\/\b\f\n\r\té😀�\\q\\u00","b":""}""")]
    [InlineData("\"a b\"=1 \"c\"", """{"a b":"1","c":true}""")]
    [InlineData("é=ü", """{"é":"ü"}""")]
    [InlineData("a=\"1\" b=007", """{"a":"1","b":"007"}""")]
    public void Logfmt_is_read(string line, string expected) => Assert.Equal(expected, new Bench().Add(line).Parse(new KeyValue()).Single);

    [Theory]
    [InlineData("a=1 =2", "There is no key at byte 4 of the event.")]
    [InlineData("\"\"=2", "There is no key at byte 0 of the event.")]
    [InlineData("a=1 b=\"x y", "The quote at byte 6 of the event is never closed.")]
    [InlineData("a=\"x\\\"", "The quote at byte 2 of the event is never closed.")]
    [InlineData("a=\"x\\", "The quote at byte 2 of the event is never closed.")]
    [InlineData("\"a", "The quote at byte 0 of the event is never closed.")]
    [InlineData("a=\"x\"y b=1", "Text follows a closing quote at byte 5 of the event.")]
    [InlineData("\"a\"y b=1", "Text follows a closing quote at byte 3 of the event.")]
    public void What_is_wrong_is_told_with_its_place(string line, string reason)
    {
        var bench = new Bench().Add("first=1", line).Parse(new KeyValue());
        Assert.Equal(reason, bench.Reason);
        Assert.Single(bench.Events);
    }

    [Fact]
    public void Bytes_that_are_no_text_and_too_many_fields_are_dead_letters()
    {
        Assert.Equal("The event is not valid UTF-8.", new Bench().AddBytes([[(byte)'a', (byte)'=', 0xff]]).Parse(new KeyValue()).Reason);
        Assert.Equal("The event has more than 1000 fields.", new Bench().Add(string.Join(' ', Enumerable.Range(0, 1_001).Select(i => $"k{i}"))).Parse(new KeyValue()).Reason);
    }

    [Theory]
    [InlineData(";", ":", "a: 1 ; b : \"x; y\" ;; c:x y;d;\n", """{"a":"1","b":"x; y","c":"x y","d":true}""")]
    [InlineData("&", "=", "a=1&b=2", """{"a":"1","b":"2"}""")]
    [InlineData(", ", "=>", "a=>1=2, b=>x,y, c==>", """{"a":"1=2","b":"x,y","c=":""}""")]
    [InlineData("\n", "=", "a = 1 2 \r\nb=\"3\"\nc=\n", """{"a":"1 2","b":"3","c":""}""")]
    [InlineData("\t", "=", "a=1 2\tb=\tc=3", """{"a":"1 2","b":"","c":"3"}""")]
    [InlineData("|", "=", "|a=1||b=2|", """{"a":"1","b":"2"}""")]
    public void Other_separators(string pair, string keyValue, string line, string expected) =>
        Assert.Equal(expected, new Bench().Add(line).Parse(new KeyValue { PairSeparator = pair, KeyValueSeparator = keyValue }).Single);

    [Fact]
    public void Another_quote_and_a_prefix() => Assert.Equal(
        """{"kv.a":"x y","kv.b":"\"","kv.c":"it's"}""",
        new Bench().Add("a='x y' b=\" c='it\\'s'").Parse(new KeyValue { Quote = "'", Prefix = "kv." }).Single);

    [Fact]
    public void Values_without_quotes_can_be_given_the_type_they_look_like() => Assert.Equal(
        """{"a":1.50,"b":true,"c":false,"d":"1","e":"007","f":"","g":-2e5,"h":"True","i":123456789012345678901234567890}""",
        new Bench().Add("a=1.50 b=true c=false d=\"1\" e=007 f= g=-2e5 h=True i=123456789012345678901234567890").Parse(new KeyValue { Infer = true }).Single);

    [Fact]
    public void Keys_alone_can_be_refused()
    {
        var bench = new Bench().Add("a=1", "a=1 plain text").Parse(new KeyValue { Flags = false });
        Assert.Equal("The key at byte 4 of the event has no value.", bench.Reason);
        Assert.Equal("""{"a":"1"}""", bench.Single);
    }

    [Theory]
    [InlineData("- parse: {key_value: {key_value_separator: ''}}", "f.yaml:3:46: error: 'key_value_separator' takes what stands between a key and its value; it must differ from what stands between pairs.")]
    [InlineData("- parse: {key_value: {key_value_separator: ' '}}", "f.yaml:3:46: error: 'key_value_separator' takes what stands between a key and its value; it must differ from what stands between pairs.")]
    [InlineData("- parse: {key_value: {pair_separator: '='}}", "f.yaml:3:13: error: 'key_value_separator' takes what stands between a key and its value; it must differ from what stands between pairs.")]
    [InlineData("- parse: {key_value: {quote: ab}}", "f.yaml:3:32: error: 'quote' takes one ASCII character that is neither a backslash, white space nor part of a separator.")]
    [InlineData("- parse: {key_value: {quote: '='}}", "f.yaml:3:32: error: 'quote' takes one ASCII character that is neither a backslash, white space nor part of a separator.")]
    public void Options_that_cannot_be_are_explained(string yaml, string error) => Assert.Equal(error, Assert.Single(DefinitionErrors.OfYaml(yaml)));

    [Fact]
    public void Nothing_is_allocated_per_event()
    {
        var lines = Enumerable.Range(0, 500).Select(i => Encoding.UTF8.GetBytes($"level=info n={i} msg=\"a \\\"quoted\\\" {i}\" flag")).ToList();
        Assert.InRange(ParserMemory.Of(new KeyValue { Infer = true, Prefix = "x_" }, lines), 0, 500);
    }

    [Fact]
    public void Whatever_a_line_holds_nothing_breaks()
    {
        string[] tokens = ["=", "\"", "\\", "\\\"", "\\u00e9", "\\ud83d", " ", "\t", "\n", "\0", "é", "==", "true", "1e9"];
        ProcessorFuzz.Run(new KeyValue { Infer = true, Prefix = "é" }, ["a=1 b=\"x y\" c= flag", "level=info msg=\"a \\\"b\\\" \\u00e9\" n=-1.5e3", "\"a b\"=c"], tokens, 11);
        ProcessorFuzz.Run(
            new KeyValue { PairSeparator = "; ", KeyValueSeparator = "=>", Quote = "'" }, ["a=>1; b=>'x; y'; c", "a => 1 ;  b=>it\\'s"], [.. tokens, "; ", ";", "=>", "'"], 12);
    }
}
