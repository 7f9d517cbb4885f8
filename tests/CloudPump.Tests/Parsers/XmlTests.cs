using System.Text;
using System.Xml.Linq;
using CloudPump.Parsers;
using CloudPump.Parsers.Xmls;
using CloudPump.Tests.Fuzzing;

namespace CloudPump.Tests.Parsers;

public sealed class XmlTests
{
    [Theory]
    [InlineData("<r><a>1</a><b/><c></c></r>", """{"a":"1","b":null,"c":null}""")]
    [InlineData("<r x=\"1\" y=''><a z=\"2\"/></r>", """{"@x":"1","@y":"","a":{"@z":"2"}}""")]
    [InlineData("<r><a x=\"1\">t</a><a>u</a><b>v</b><a/></r>", """{"a":[{"@x":"1","#text":"t"},"u",null],"b":"v"}""")]
    [InlineData("<r><a><b><c>1</c><c>2</c></b></a></r>", """{"a":{"b":{"c":["1","2"]}}}""")]
    [InlineData("<r>text</r>", """{"#text":"text"}""")]
    [InlineData("<r/>", "{}")]
    [InlineData("<r>\n  one <b>two</b>\n three\n</r>", """{"b":"two","#text":"one \n three"}""")]
    [InlineData("<r>\n  <a>  x </a>\n  <b> </b>\n</r>", """{"a":"  x ","b":null}""")]
    [InlineData("<r><a><![CDATA[<x> & ]]>y</a><!-- c --><?pi x?></r>", """{"a":"<x> & y"}""")]
    [InlineData("<r><a>&lt;&amp;&#233;&#x1F600;&quot;</a></r>", """{"a":"<&é😀\""}""")]
    [InlineData("<n:r xmlns:n=\"urn:n\" xmlns=\"urn:d\" n:x=\"1\"><n:a>1</n:a><a>2</a></n:r>", """{"@x":"1","a":["1","2"]}""")]
    [InlineData("<r a=\"x&#10;y\"><a xml:space=\"preserve\"> </a></r>", """{"@a":"x\ny","a":{"@space":"preserve","#text":" "}}""")]
    [InlineData("<?xml version=\"1.0\"?>\n<r><é>ü</é></r>\n<!-- end -->", """{"é":"ü"}""")]
    public void Elements_and_attributes_become_fields(string xml, string expected) => Assert.Equal(expected, new Bench().Add(xml).Parse(new Xml()).Single);

    [Fact]
    public void Options_change_names_and_types()
    {
        const string Document = "<n:r xmlns:n=\"urn:n\" n:x=\"1\"><n:a>1.50</n:a><b t=\"true\">007</b><c>false</c><c>x</c></n:r>";
        Assert.Equal("""{"r":{"@x":"1","a":"1.50","b":{"@t":"true","#text":"007"},"c":["false","x"]}}""", new Bench().Add(Document).Parse(new Xml { Root = true }).Single);
        Assert.Equal(
            """{"@xmlns:n":"urn:n","@n:x":"1","n:a":"1.50","b":{"@t":"true","#text":"007"},"c":["false","x"]}""",
            new Bench().Add(Document).Parse(new Xml { Namespaces = XmlNamespaces.Keep }).Single);
        Assert.Equal("""{"@x":1,"a":1.50,"b":{"@t":true,"#text":"007"},"c":[false,"x"]}""", new Bench().Add(Document).Parse(new Xml { Infer = true }).Single);
        Assert.Equal("""{"a":["1","2"]}""", new Bench().Add("<r a='1'><a>2</a></r>").Parse(new Xml { AttributePrefix = "" }).Single);
        Assert.Equal("""{"a":{"#text":["1","2"]}}""", new Bench().Add("<r><a text='1'>2</a></r>").Parse(new Xml { AttributePrefix = "#" }).Single);
        Assert.Equal("""{"r":null}""", new Bench().Add("<r/>").Parse(new Xml { Root = true }).Single);
    }

    [Fact]
    public void The_encoding_is_that_of_the_mark_or_the_declaration()
    {
        const string Text = "<r><a>é€</a></r>";
        byte[] Declared(string name, Encoding encoding) => encoding.GetBytes($"<?xml version=\"1.0\" encoding=\"{name}\"?><r><a>é</a></r>");
        byte[][] documents =
        [
            Encoding.UTF8.GetBytes("\uFEFF" + Text), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)],
            [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)],
        ];
        Assert.All(new Bench().AddBytes(documents).Parse(new Xml()).Events, e => Assert.Equal("""{"a":"é€"}""", e));
        var bench = new Bench().AddBytes(Declared("ISO-8859-1", Encoding.Latin1), Declared("utf-8", Encoding.UTF8)).Parse(new Xml());
        Assert.Equal(["""{"a":"é"}""", """{"a":"é"}"""], bench.Events);
        Assert.Equal("The event is not well-formed XML, at line 1, position 31.", new Bench().AddBytes(Declared("x-none", Encoding.UTF8)).Parse(new Xml()).Reason);
    }

    [Theory]
    [InlineData("<r>\n <a>secret</b>\n</r>", "The event is not well-formed XML, at line 2, position 13.")]
    [InlineData("", "The event is not well-formed XML.")]
    [InlineData("<r/><r/>", "The event is not well-formed XML, at line 1, position 6.")]
    [InlineData("<r a='1' a='2'/>", "The event is not well-formed XML, at line 1, position 10.")]
    [InlineData("<r>&secret;</r>", "The event is not well-formed XML, at line 1, position 5.")]
    [InlineData("<r>\u0001</r>", "The event is not well-formed XML, at line 1, position 4.")]
    [InlineData("<?xml version='1.0'?>\n <!DOCTYPE r><r/>", "The event has a document type declaration (DTD), which is refused, at line 2, position 2.")]
    [InlineData("<?xml version='1.0 '?><r/>", "The XML declaration names another version than 1.0, at line 1, position 3.")]
    [InlineData("<x:r/>", "The event is not well-formed XML, at line 1, position 2.")]
    public void What_is_wrong_is_told_without_what_the_document_holds(string xml, string reason) => Assert.Equal(reason, new Bench().Add(xml).Parse(new Xml()).Reason);

    [Fact]
    public void Limits_hold()
    {
        static string Deep(int depth) => string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
        Assert.Single(new Bench().Add(Deep(64)).Parse(new Xml()).Events);
        Assert.Equal("Elements are nested deeper than 64, at line 1, position 194.", new Bench().Add(Deep(65)).Parse(new Xml()).Reason);
        Assert.Equal("Elements are nested deeper than 64, at line 1, position 194.", new Bench().Add(Deep(100_000)).Parse(new Xml()).Reason);
        Assert.Single(new Bench().Add("<r><a/><a/></r>").Parse(new Xml { MaxElements = 3 }).Events);
        Assert.StartsWith("There are more than 2 elements and attributes", new Bench().Add("<r><a/><a/></r>").Parse(new Xml { MaxElements = 2 }).Reason, StringComparison.Ordinal);
        Assert.StartsWith("There are more than 2 elements and attributes", new Bench().Add("<r a='' b=''/>").Parse(new Xml { MaxElements = 2 }).Reason, StringComparison.Ordinal);
        Assert.StartsWith("The event has more than 10 characters", new Bench().Add("<r>12345</r>").Parse(new Xml { MaxCharacters = 10 }).Reason, StringComparison.Ordinal);
        Assert.Equal("The event has more than 1000 fields.", new Bench().Add("<r>" + string.Concat(Enumerable.Range(0, 1_001).Select(i => $"<a{i}/>")) + "</r>").Parse(new Xml()).Reason);
        Assert.Equal("'max_depth' takes 1 to 200.", Assert.Single(DefinitionErrors.Of(new Xml { MaxDepth = 201 })));
    }

    [Fact]
    public void Many_siblings_take_linear_time()
    {
        var xml = "<r><s>" + string.Concat(Enumerable.Range(0, 45_000).Select(i => $"<a{i}/><b/>")) + "</s></r>";
        Quick.Within(TimeSpan.FromSeconds(2), () => Assert.Single(new Bench().Add(xml).Parse(new Xml()).Events));
    }

    [Fact]
    public void The_conformance_suite_is_taken_and_refused_as_it_says()
    {
        var folder = TestData.Require("xml/xmlconf/xmltest");
        var (taken, refused, declared) = (0, 0, 0);
        var wrong = new List<string>();
        foreach (var test in XDocument.Load(Path.Combine(folder, "xmltest.xml")).Descendants("TEST"))
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, test.Attribute("URI")!.Value));
            var type = test.Attribute("TYPE")!.Value;
            var hasDeclaration = Encoding.UTF8.GetString(bytes).Replace("\0", "", StringComparison.Ordinal).Contains("<!DOCTYPE", StringComparison.Ordinal);
            var good = !hasDeclaration && type is "valid" or "invalid";
            var bench = new Bench().AddBytes(bytes).Parse(new Xml());
            _ = good ? taken++ : hasDeclaration ? declared++ : refused++;
            if (bench.Events.Count != (good ? 1 : 0))
            {
                wrong.Add($"{test.Attribute("ID")!.Value} ({type})");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"taken {taken}, refused as not well-formed {refused}, refused for their DTD {declared}, wrong {wrong.Count}: {string.Join(", ", wrong)}");
        Assert.Empty(wrong);
        Assert.Equal(365, taken + refused + declared);
    }

    // All of its valid cases have a document type declaration; without it those that need none of its entities are plain XML.
    [Fact]
    public void The_valid_documents_of_the_suite_are_taken_without_their_declaration()
    {
        var folder = TestData.Require("xml/xmlconf/xmltest/valid/sa");
        var taken = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(file);
            var text = (bytes[0] >= 0xfe ? Encoding.Unicode : Encoding.UTF8).GetString(bytes);
            var start = text.IndexOf("<!DOCTYPE", StringComparison.Ordinal);
            var end = text.IndexOf("]>", StringComparison.Ordinal) + 2;
            var document = text[end..];
            string[] own = ["&e", "&x", "&rsqb", "xmlns:", "<doc:", " :=", " _:", "<:"];
            if (end > 2 && !own.Any(o => document.Contains(o, StringComparison.Ordinal)) && !document.Contains("]>", StringComparison.Ordinal))
            {
                var bench = new Bench().Add(text[..start].TrimStart('\uFEFF').Replace("UTF-16", "UTF-8", StringComparison.Ordinal) + document).Parse(new Xml());
                Assert.True(bench.Events.Count == 1, $"{file}: {(bench.Batch.Failures.Count > 0 ? bench.Reason : "")}");
                taken++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"taken {taken}");
        Assert.True(taken >= 80, $"{taken} documents.");
    }

    [Theory]
    [InlineData("defusedxml-external.xml")]
    [InlineData("defusedxml-xmlbomb.xml")]
    public void Attacks_are_refused_at_once(string file)
    {
        var document = File.ReadAllBytes(TestData.Require($"xml/attacks/{file}"));
        var reason = "";
        Quick.Within(TimeSpan.FromSeconds(1), () => reason = new Bench().AddBytes(document).Parse(new Xml()).Reason);
        Assert.StartsWith("The event has a document type declaration (DTD), which is refused", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_document_holds_nothing_breaks()
    {
        string[] tokens = ["<", ">", "/>", "</", "<a>", "</a>", "<b x=\"1\"/>", "&amp;", "&#65;", "&x;", "<![CDATA[", "]]>", "<!--", "-->", "<?x?>", "<!DOCTYPE a>", "xmlns:a=\"b\"", "\"", "\uFEFF", "\0", "é", "😀"];
        string[] examples = ["<r a=\"1\"><a>1</a><a x='2'>t<b/>u</a><![CDATA[x]]></r>", "<?xml version=\"1.0\" encoding=\"utf-8\"?><a:r xmlns:a=\"u\"><a:b>1.5</a:b></a:r>"];
        byte[][] bytes = [.. examples.Select(Encoding.UTF8.GetBytes), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(examples[0])], Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='ISO-8859-1'?><r>é</r>"), Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='ISO-8859-1'?>")];
        ProcessorFuzz.Run(new Xml { Infer = true }, bytes, [.. tokens.Select(Encoding.UTF8.GetBytes), .. new[] { "utf-7", "utf-16", "utf-32", "ucs-4", "ascii", "windows-1252", "encoding=''" }.Select(Encoding.UTF8.GetBytes)], 31);
        ProcessorFuzz.Run(new Xml { Namespaces = XmlNamespaces.Keep, AttributePrefix = "", Root = true }, examples, tokens, 32);
    }
}
