using System.Text.Json.Nodes;
using CloudPump.Events;

namespace CloudPump.Tests.Events;

public sealed class EventBlockTests
{
    [Fact]
    public void Events_travel_with_kinds_order_ids_and_times()
    {
        var random = new Random(5);
        for (var i = 0; i < 500; i++)
        {
            var sent = RandomBatch(random);
            var received = new Bench(new() { Pipeline = "other", Time = new FakeClock() });
            received.Batch.Clear();
            received.Context.Fields.Id("shifts the numbers of the names");
            EventBlockReader.Read(Block(sent), received.Batch);
            Assert.Equal(sent.Events, received.Events);
            Assert.Equal(sent.Batch.RowCount, EventBlockReader.CountOf(Block(sent)));
            foreach (var row in received.Batch.Rows)
            {
                Assert.Equal(sent.Batch.Id(row), received.Batch.Id(row));
                Assert.Equal(sent.Batch.Header(row).Received, received.Batch.Header(row).Received);
                Assert.Equal(sent.Batch.IsRaw(row), received.Batch.IsRaw(row));
                Assert.Equal(sent.Batch.Slots(row).ToArray().Select(s => (s.Kind, s.Value)), received.Batch.Slots(row).ToArray().Select(s => (s.Kind, s.Value)));
            }
        }
    }

    [Fact]
    public void Reading_may_begin_at_any_event()
    {
        var sent = RandomBatch(new Random(6));
        for (var first = 0; first <= sent.Batch.RowCount; first++)
        {
            var received = new Bench();
            EventBlockReader.Read(Block(sent), received.Batch, first);
            Assert.Equal(sent.Events[first..], received.Events);
        }
    }

    [Fact]
    public void A_writer_is_used_again_after_clear()
    {
        var (one, two) = (RandomBatch(new Random(8)), RandomBatch(new Random(9)));
        var fields = one.Context.Fields;
        var writer = new EventBlockWriter(fields);
        writer.Add(one.Batch, 0);
        writer.Clear();
        Assert.Equal((0, 0), (writer.Count, writer.Length));
        foreach (var row in one.Batch.Rows)
        {
            writer.Add(one.Batch, row);
        }

        Assert.Equal(Block(one), writer.ToBlock(Bench.Origin));
        Assert.NotEqual(Block(one), Block(two));
    }

    [Fact]
    public void A_damaged_block_is_refused_or_read_but_never_does_harm()
    {
        var random = new Random(10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 4_000; i++)
        {
            var block = Block(RandomBatch(random));
            if (i % 2 == 0)
            {
                block = block[..random.Next(block.Length)];
                Assert.Throws<InvalidDataException>(() => Read(block));
                continue;
            }

            for (var n = random.Next(1, 4); n > 0; n--)
            {
                block[random.Next(block.Length)] ^= (byte)(1 << random.Next(8));
            }

            try
            {
                // What can still be read can also be written.
                _ = Read(block).Events;
            }
            catch (InvalidDataException)
            {
            }
        }

        // A batch takes 350 kB itself.
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4_000L * 1_000_000);
    }

    [Fact]
    public void A_newer_version_says_so()
    {
        var block = Block(RandomBatch(new Random(1)));
        block[0] = 9;
        Assert.Contains("version 9", Assert.Throws<InvalidDataException>(() => Read(block)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_claims_much_more_than_it_holds_costs_no_memory()
    {
        var output = new ByteBuffer();
        output.WriteByte(EventBlockWriter.Version);
        output.WriteText("s");
        output.WriteVarint(0);
        output.WriteVarint(int.MaxValue);
        output.Write([0, 0, 0, .. "\xff\xff\xff\xff\x07"u8.ToArray()]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => Read(output.Written.ToArray()));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void Numbers_of_every_size_read_back()
    {
        var random = new Random(2);
        var output = new ByteBuffer(1);
        var numbers = Enumerable.Range(0, 64).SelectMany(b => new[] { 1L << b, (1L << b) - 1, -(1L << b) }).Concat(Enumerable.Range(0, 1_000).Select(_ => random.NextInt64())).ToList();
        foreach (var number in numbers)
        {
            output.WriteSigned(number);
            output.WriteVarint((ulong)number);
            output.WriteInt64(number);
            output.WriteText($"é{number}");
        }

        var reader = new ByteReader(output.Written);
        foreach (var number in numbers)
        {
            Assert.Equal(number, reader.Signed());
            Assert.Equal((ulong)number, reader.Varint());
            Assert.Equal(number, reader.Int64());
            Assert.Equal($"é{number}", reader.Text());
        }

        Assert.True(reader.IsEmpty);
    }

    private static Bench Read(byte[] block)
    {
        var bench = new Bench();
        EventBlockReader.Read(block, bench.Batch);
        return bench;
    }

    private static byte[] Block(Bench bench)
    {
        var writer = new EventBlockWriter(bench.Context.Fields);
        for (var row = 0; row < bench.Batch.RowCount; row++)
        {
            writer.Add(bench.Batch, row);
        }

        return writer.ToBlock(Bench.Origin);
    }

    private static Bench RandomBatch(Random random)
    {
        var bench = new Bench();
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var raw = random.Next(4) == 0;
            var offset = raw ? bench.Batch.Append("original"u8) : 0;
            var row = bench.Batch.Add(new EventHeader
            {
                RawOffset = offset,
                RawLength = raw ? 8 : -1,
                Offset = random.NextInt64(1L << random.Next(1, 62)),
                Index = random.Next(3),
                Received = random.NextInt64(DateTime.MaxValue.Ticks),
            });
            for (var f = raw && random.Next(2) == 0 ? 0 : random.Next(6); f > 0; f--)
            {
                Set(bench, row, bench.Context.Fields.Id(RandomJson.Word(random)), random);
            }
        }

        return bench;
    }

    private static void Set(Bench bench, int row, ushort field, Random random)
    {
        var batch = bench.Batch;
        switch (random.Next(9))
        {
            case 0: batch.SetNull(row, field); break;
            case 1: batch.SetBool(row, field, random.Next(2) == 0); break;
            case 2: batch.SetInt64(row, field, random.NextInt64(long.MinValue, long.MaxValue)); break;
            case 3: batch.SetDouble(row, field, BitConverter.Int64BitsToDouble(random.NextInt64())); break;
            case 4: batch.SetTimestamp(row, field, random.NextInt64(DateTime.MaxValue.Ticks), random.Next(100)); break;
            case 5: batch.SetText(row, field, FieldKind.Bytes, [1, 2, 255]); break;
            case 6: batch.SetText(row, field, FieldKind.Number, "1.50"u8); break;
            case 7: batch.SetString(row, field, System.Text.Encoding.UTF8.GetBytes(RandomJson.Word(random))); break;
            default:
                var isList = random.Next(2) == 0;
                JsonNode json = isList ? new JsonArray(1, "x") : RandomJson.Object(random, 2);
                batch.SetText(row, field, isList ? FieldKind.List : FieldKind.Object, System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
                break;
        }
    }
}
