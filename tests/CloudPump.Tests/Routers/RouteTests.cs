using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Routers;
using CloudPump.Transformers;

namespace CloudPump.Tests.Routers;

public sealed class RouteTests
{
    private static readonly string[] Numbers = ["""{"n":1}""", """{"n":2}""", """{"n":3}""", """{"m":0}""", """{"n":"x"}"""];

    [Fact]
    public void Clone_sends_a_copy_and_the_event_goes_on()
    {
        var bench = Routed(new RouteRule { When = "n >= 2", To = "big" });
        Assert.Equal(Numbers[..4], bench.Events);
        Assert.Equal([Numbers[1], Numbers[2]], Sent(bench, "big"));
        Assert.Equal(1, bench.Batch.Removed(Removal.Dead));
    }

    [Fact]
    public void Move_takes_the_event_out()
    {
        var bench = Routed(new RouteRule { When = "n >= 2", To = "big", Mode = RouteMode.Move });
        Assert.Equal([Numbers[0], Numbers[3]], bench.Events);
        Assert.Equal([Numbers[1], Numbers[2]], Sent(bench, "big"));
        Assert.Equal((2, 1), (bench.Batch.Removed(Removal.Moved), bench.Batch.Removed(Removal.Dead)));
    }

    [Fact]
    public void Rules_are_tried_in_order_and_a_move_ends_the_way()
    {
        var bench = Routed(
            new RouteRule { When = "n == 1", To = "one" },
            new RouteRule { When = "n <= 2", To = "small", Mode = RouteMode.Move },
            new RouteRule { When = "has(event.n)", To = "all" });
        Assert.Equal([Numbers[0]], Sent(bench, "one"));
        Assert.Equal(Numbers[..2], Sent(bench, "small"));
        Assert.Equal([Numbers[2]], Sent(bench, "all"));
        Assert.Equal([Numbers[2], Numbers[3]], bench.Events);
    }

    [Fact]
    public void A_rule_without_a_condition_takes_all() =>
        Assert.Equal(Numbers, Sent(Routed(new RouteRule { To = "all" }), "all"));

    [Fact]
    public void What_is_sent_is_the_event_as_it_is_then_with_its_id_and_time()
    {
        var bench = new Bench().Add(Numbers[0], Numbers[1]).Run(
            new CloudPump.Parsers.Json(), new Route { Rules = [new RouteRule { To = "t" }] }, new Set { Fields = { { "n", "0" } } });
        var received = new Bench();
        received.Batch.Clear();
        EventBlockReader.Read(Assert.Single(Take(bench)).Block, received.Batch);
        Assert.Equal(Numbers[..2], received.Events);
        Assert.Equal(bench.Batch.Id(1), received.Batch.Id(1));
        Assert.Equal(bench.Batch.Header(1).Received, received.Batch.Header(1).Received);
    }

    [Fact]
    public void Topic_and_stream_are_two_ways_and_each_is_one_outlet()
    {
        var bench = Routed(
            new RouteRule { To = "t" },
            new RouteRule { To = "t", Via = RouteTransport.Stream },
            new RouteRule { To = "t" });
        Assert.Equal([(OutletKind.Topic, 10), (OutletKind.Stream, 5)], Take(bench).Select(o => (o.Kind, o.Count)));
        Assert.Empty(Take(bench));
    }

    [Fact]
    public void Blocks_are_bounded_and_hold_one_origin()
    {
        var bench = new Bench();
        var other = bench.Batch.AddOrigin(new Origin("other", 1));
        var text = new string('x', 20_000);
        for (var i = 0; i < 12; i++)
        {
            var at = bench.Batch.Append(System.Text.Encoding.ASCII.GetBytes(text));
            bench.Batch.Add(new EventHeader { RawOffset = at, RawLength = text.Length, Offset = i, Origin = i < 6 ? 0 : other });
        }

        bench.Run(new Route { Rules = [new RouteRule { To = "t" }] });
        var sent = Take(bench);
        Assert.Equal([4, 2, 4, 2], sent.Select(o => o.Count));
        Assert.All(sent, o => Assert.InRange(o.Block.Length, 1, 90_000));
    }

    private static Bench Routed(params RouteRule[] rules) =>
        new Bench().Add(Numbers).Run(new CloudPump.Parsers.Json(), new Route { Rules = [.. rules] });

    private static List<Outgoing> Take(Bench bench)
    {
        var sent = new List<Outgoing>();
        foreach (var outlet in bench.Context.Outlets)
        {
            outlet.Take(sent);
        }

        return sent;
    }

    private static List<string> Sent(Bench bench, string target)
    {
        var received = new Bench();
        var sent = new List<Outgoing>();
        foreach (var outlet in bench.Context.Outlets.Where(o => o.Target == target))
        {
            outlet.Take(sent);
        }

        foreach (var block in sent)
        {
            EventBlockReader.Read(block.Block, received.Batch);
        }

        return received.Events;
    }
}
