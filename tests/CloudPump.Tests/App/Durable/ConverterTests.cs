using CloudPump.App.Analyzers;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Shards;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Entities;

namespace CloudPump.Tests.App.Durable;

/// <summary>What goes through the converters of the durable worker and client: the one that they have by themselves, and the one that a function app gives them.</summary>
public class ConverterTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    public static TheoryData<bool> Converters => [true, false];

    [Theory]
    [MemberData(nameof(Converters))]
    public void States_and_signals_come_back_as_they_were(bool ofApp)
    {
        var converter = Converter(ofApp);
        var signal = new PieceSignal("clicks/w@abcdef01", 3, "stream/clicks/0", long.MaxValue, long.MinValue, Bytes);

        Assert.Equal(Bytes, converter.Deserialize<ShardState>(converter.Serialize(new ShardState(Bytes)))!.Record);
        var back = converter.Deserialize<PieceSignal>(converter.Serialize(signal))!;
        Assert.Equal(Bytes, back.Body);
        Assert.Equal(signal with { Body = null }, back with { Body = null });
        Assert.Equal(signal with { Body = null }, converter.Deserialize<PieceSignal>(converter.Serialize(signal with { Body = null })));
        Assert.Null(converter.Serialize(null));
        Assert.Null(converter.Deserialize<ShardState>(null));
    }

    [Theory]
    [MemberData(nameof(Converters))]
    public void One_converter_reads_what_the_other_wrote(bool ofApp) =>
        Assert.Equal(Bytes, Converter(!ofApp).Deserialize<ShardState>(Converter(ofApp).Serialize(new ShardState(Bytes)))!.Record);

    [Fact]
    public void Keys_of_shards_are_keys_of_entities()
    {
        var id = EntitySignals.EntityOf(new ShardAddress("clicks/w@abcdef01", 0));

        Assert.Equal("@analyzer@clicks~2fw~40abcdef01:0", id.ToString());
        Assert.Equal(id, EntityInstanceId.FromString(id.ToString()));
    }

    private static DataConverter Converter(bool ofApp) => ofApp ? new EntityWorker().Converter : JsonDataConverter.Default;
}
