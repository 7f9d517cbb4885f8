using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Parcels;

namespace CloudPump.Tests.Hosting;

/// <summary>Parcels as bytes, and how blocks are put into them.</summary>
public class ParcelTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(5_000)]
    public void A_parcel_comes_back_as_it_was(int events)
    {
        var parcel = Parcel(events);

        var read = ParcelCodec.Read(ParcelCodec.Write(parcel));

        Assert.Equal((parcel.From, parcel.Hop, parcel.Count), (read.From, read.Hop, read.Count));
        Assert.Equal(parcel.Blocks.Select(b => Convert.ToHexString(b.Block.Span)), read.Blocks.Select(b => Convert.ToHexString(b.Block.Span)));
        Assert.Equal(parcel.Blocks.SelectMany(b => b.Positions), read.Blocks.SelectMany(b => b.Positions));
    }

    [Fact]
    public void Text_is_compressed_and_a_few_events_are_not()
    {
        Assert.InRange(ParcelCodec.Write(Parcel(5_000)).Length, 1, 40_000);
        Assert.Equal(0, ParcelCodec.Write(Parcel(3))[1]);
    }

    [Fact]
    public void Damaged_parcels_are_refused_and_never_crash()
    {
        var random = new Random(1);
        byte[][] parcels = [ParcelCodec.Write(Parcel(3)), ParcelCodec.Write(Parcel(500))];
        for (var n = 0; n < 20_000; n++)
        {
            var bytes = parcels[n % 2].ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                ParcelCodec.Read(bytes.AsMemory(0, random.Next(bytes.Length + 1)));
            }
            catch (InvalidDataException)
            {
                // That is how it says so.
            }
        }
    }

    [Fact]
    public void Blocks_of_one_step_and_way_travel_together_up_to_a_size()
    {
        Outgoing[] blocks =
        [
            Block("errors", "route1", 600), Block("errors", "route1", 300), Block("errors", "route2", 10), Block("audit", "route1", 10), Block("errors", "route1", 300),
        ];

        var consignments = Consignment.Of("clicks", blocks, largest: 1_000);

        Assert.Equal(
            ["errors clicks/route1/0 2", "errors clicks/route1/0 1", "errors clicks/route2/0 1", "audit clicks/route1/0 1"],
            consignments.Select(c => $"{c.Target} {c.Parcel.From} {c.Parcel.Blocks.Count}"));
    }

    [Fact]
    public void A_way_grows_by_its_senders_and_stays_short()
    {
        var hop = new Hop("stream/clicks/0", Ordered: true);
        for (var n = 0; n < 50; n++)
        {
            hop = new Parcel($"pipeline-{n}/route1/0", hop, []).NextHop;
        }

        Assert.InRange(hop.Path.Length, 1, 200);
        Assert.NotEqual(hop, new Parcel("pipeline-49/route2/0", hop, []).NextHop);
    }

    [Theory]
    [InlineData("weblogs", "weblogs")]
    [InlineData("a/b#c?d\\e%", "a~2fb~23c~3fd~5ce~25")]
    [InlineData("ä~", "~c3~a4~7e")]
    public void Names_become_keys_that_storage_takes(string name, string key) => Assert.Equal(key, StorageKey.Of(name));

    [Fact]
    public void A_long_name_becomes_a_short_key_of_its_own()
    {
        var (a, b) = (StorageKey.Short(new string('a', 200), 72), StorageKey.Short(new string('a', 201), 72));

        Assert.Equal((72, 72), (a.Length, b.Length));
        Assert.NotEqual(a, b);
    }

    private static Outgoing Block(string target, string lane, int size) =>
        new(OutletKind.Topic, target, 0, 1, new byte[size]) { Lane = lane, Hop = new Hop("stream/clicks/0", true), Positions = [new PositionRun(1, 1)] };

    private static Parcel Parcel(int events)
    {
        var batch = new EventBatch(new FieldTable());
        var writer = new EventBlockWriter(batch.Fields);
        batch.AddOrigin(new Origin("clicks", 0));
        for (var n = 0; n < events; n++)
        {
            var text = System.Text.Encoding.UTF8.GetBytes($"event number {n} of a parcel");
            writer.Add(batch, batch.Add(new EventHeader { Offset = n, RawOffset = batch.Append(text), RawLength = text.Length }));
        }

        var positions = Enumerable.Range(0, events).Select(n => new PositionRun(n * 3, 1)).ToList();
        return new Parcel("clicks/route1/0", new Hop("stream/clicks/0", true), [new ParcelBlock(positions, writer.ToBlock(new Origin("clicks", 0)))]);
    }
}
