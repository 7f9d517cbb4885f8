using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

public sealed class UrlTests
{
    [Theory]
    [InlineData(
        "HTTPS://jan:secret@Example.COM:8443/a%20b/c?q=x+y&tag=1&tag=%C5%99&flag&=z#top",
        """{"scheme":"https","user":"jan","host":"example.com","port":8443,"path":"/a%20b/c","query":"q=x+y&tag=1&tag=%C5%99&flag&=z","parameters":{"q":"x y","tag":["1","ř"],"flag":"","":"z"},"fragment":"top"}""")]
    [InlineData("http://example.com", """{"scheme":"http","host":"example.com","path":""}""")]
    [InlineData("http://[2001:db8::1]:80/", """{"scheme":"http","host":"2001:db8::1","port":80,"path":"/"}""")]
    [InlineData("/index.html?a=1&&b=%zz%4", """{"path":"/index.html","query":"a=1&&b=%zz%4","parameters":{"a":"1","b":"%zz%4"}}""")]
    [InlineData("//cdn.example.com/x?", """{"host":"cdn.example.com","path":"/x","query":"","parameters":{}}""")]
    [InlineData("mailto:jan@example.com", """{"scheme":"mailto","path":"jan@example.com"}""")]
    [InlineData("file:///etc/hosts", """{"scheme":"file","host":"","path":"/etc/hosts"}""")]
    [InlineData("http://a%40b:p@h:/?x=%ff", """{"scheme":"http","user":"a@b","host":"h","path":"/","query":"x=%ff","parameters":{"x":"%ff"}}""")]
    [InlineData("?q=a=b?c#d?e#f", """{"path":"","query":"q=a=b?c","parameters":{"q":"a=b?c"},"fragment":"d?e#f"}""")]
    [InlineData("/příliš?ž=ů", """{"path":"/příliš","query":"ž=ů","parameters":{"ž":"ů"}}""")]
    public void A_url_is_taken_apart(string url, string json) =>
        Assert.Equal(json, new Row().With("url", Value.Of(url)).Evaluate("parse_url(url)").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("http://h:x/")]
    [InlineData("http://h:65536/")]
    [InlineData("http://h:99999999999/")]
    [InlineData("http://h:-1/")]
    [InlineData("http://[::1/")]
    [InlineData("http://[nonsense]/")]
    [InlineData("http://[::1]x/")]
    [InlineData("http://user@/")]
    [InlineData("http://:80/")]
    [InlineData("1http://x")]
    [InlineData(":x")]
    [InlineData("/a\nb")]
    public void What_is_no_url_is_an_error(string url) =>
        Assert.Equal("the text is no URL", new Row().With("url", Value.Of(url)).Evaluate("parse_url(url)").Reason);

    [Fact]
    public void A_part_that_is_not_there_is_missing_and_makes_a_condition_false()
    {
        var row = new Row().With("path", Value.Of("/a?utm=x"));
        Assert.True(row.Test("parse_url(path).parameters.utm == 'x' && !has(parse_url(path).host)", out var error), error);
        Assert.False(row.Test("parse_url(path).port == 80", out error));
        Assert.Null(error);
        Assert.Equal("'parse_url' does not take (int)", new Row().With("n", Value.Of(1L)).Evaluate("parse_url(n)").Reason);
    }

    [Fact]
    public void Very_many_parameters_end()
    {
        var row = new Row().With("path", Value.Of("/?" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"a{i}=1&"))));
        Assert.Equal(200_000, row.Evaluate("size(parse_url(path).parameters)").AsInt);
        Assert.True(row.Evaluate("[1, 2, 3, 4, 5, 6].map(x, parse_url(path))").IsError);
    }
}
