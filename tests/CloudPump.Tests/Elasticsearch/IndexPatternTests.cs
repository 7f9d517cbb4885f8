using System.Text;
using CloudPump.Connectors.Elasticsearch;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Tests.Http;

namespace CloudPump.Tests.Elasticsearch;

public sealed class IndexPatternTests
{
    [Theory]
    [InlineData("events", "events")]
    [InlineData("weblogs-{yyyy.MM.dd}", "weblogs-2026.03.07")]
    [InlineData("{yyyy}-a-{MM}", "2026-a-03")]
    [InlineData("a-{yyyy-MM-dd_HH.mm.ss}", "a-2026-03-07_04.05.06")]
    [InlineData(".hidden-{dd}x", ".hidden-07x")]
    public void Puts_the_date_where_the_braces_are(string pattern, string name)
    {
        var output = new ByteBuffer();
        IndexPattern.Parse(pattern).Write(output, new DateTime(2026, 3, 7, 4, 5, 6, DateTimeKind.Utc).Ticks);
        Assert.Equal((name, pattern), (Encoding.UTF8.GetString(output.Written), IndexPattern.Parse(pattern).Text));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("_a", 0)]
    [InlineData("-{yyyy}", 0)]
    [InlineData(".", 0)]
    [InlineData("webLogs", 3)]
    [InlineData("a b", 1)]
    [InlineData("a,b", 1)]
    [InlineData("a\"b", 1)]
    [InlineData("a-{yyyy.MM", 10)]
    [InlineData("a-{yyyy.M}", 8)]
    [InlineData("a-{now}", 3)]
    [InlineData("a-{yyyy{MM}}", 7)]
    [InlineData("a-yyyy}", 6)]
    public void A_name_that_no_index_can_have_is_seen_when_the_file_is_read(string pattern, int offset) =>
        Assert.Equal(offset, Assert.Throws<ExpressionException>(() => IndexPattern.Parse(pattern)).Offset);

    [Fact]
    public void A_name_has_at_most_255_bytes()
    {
        Assert.Equal(255, IndexPattern.Parse(new string('a', 251) + "{yyyy}").Text.Length - 2);
        Assert.Throws<ExpressionException>(() => IndexPattern.Parse(new string('a', 252) + "{yyyy}"));
    }

    [Fact]
    public async Task The_date_is_that_of_the_event_else_of_its_receipt()
    {
        await using var rig = new SearchRig();
        await using var sink = rig.Sink(new ElasticsearchSink { Index = IndexPattern.Parse("logs-{yyyy.MM.dd}") });
        var batch = rig.Batch(7);
        var time = rig.Fields.Id("timestamp");
        batch.SetTimestamp(0, time, new DateTime(2026, 1, 2, 23, 59, 59, DateTimeKind.Utc).Ticks);
        batch.SetTimestamp(1, time, new DateTime(2026, 1, 3, 0, 0, 0, DateTimeKind.Utc).Ticks);
        batch.SetString(2, time, "2026-01-03T01:00:00+02:00"u8);
        batch.SetString(3, time, "yesterday"u8);
        batch.SetNull(4, time);
        batch.SetInt64(5, time, 17);
        await sink.WriteAsync(batch, default);
        Assert.Empty(batch.Failures);
        Assert.Equal([0, 2], In(rig, "logs-2026.01.02"));
        Assert.Equal([1], In(rig, "logs-2026.01.03"));
        Assert.Equal([3, 4, 5, 6], In(rig, $"logs-{JumpingTime.Now:yyyy.MM.dd}"));
    }

    [Fact]
    public async Task The_date_may_come_from_an_expression()
    {
        await using var rig = new SearchRig();
        await using var sink = rig.Sink(new ElasticsearchSink { Index = IndexPattern.Parse("logs-{yyyy}"), Time = "timestamp('2020-01-01T00:00:00Z') + duration('1h')" });
        await sink.WriteAsync(rig.Batch(1), default);
        Assert.Equal([0], In(rig, "logs-2020"));
    }

    private static IEnumerable<int> In(SearchRig rig, string index) => rig.Elastic.Indices.All[index].Values.Select(d => (int)d.Source["n"]!).Order();
}
