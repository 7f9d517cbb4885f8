using System.Text;
using CloudPump.Events;

namespace CloudPump.Tests.Events;

public sealed class EventBatchTests
{
    [Fact]
    public void Rows_and_fields_beyond_the_first_room_keep_everything()
    {
        var batch = new EventBatch(new FieldTable());
        for (var row = 0; row < 1_500; row++)
        {
            Assert.Equal(row, batch.Add(new EventHeader { Offset = row }));
            for (var f = 0; f < row % 40; f++)
            {
                batch.SetInt64(row, batch.Fields.Id($"f{f}"), (row * 100) + f);
            }
        }

        for (var row = 0; row < 1_500; row++)
        {
            Assert.Equal(row % 40, batch.FieldCount(row));
            Assert.Equal(row, batch.Header(row).Offset);
            for (var f = 0; f < row % 40; f++)
            {
                Assert.Equal((row * 100) + f, batch.Get(row, batch.Fields.Id($"f{f}")).Value);
            }
        }
    }

    [Fact]
    public void A_cleared_batch_starts_anew()
    {
        var bench = new Bench().Add("""{"a":1}""").Parse(new CloudPump.Parsers.Json());
        bench.Batch.Fail(0, "x");
        bench.Batch.Identity = "old";
        bench.Batch.Clear();
        Assert.Equal(0, bench.Batch.RowCount + bench.Batch.ArenaLength + bench.Batch.Rows.Length + bench.Batch.Removed(Removal.Dead));
        Assert.Null(bench.Batch.Identity);
        Assert.Empty(bench.Batch.Failures);
        Assert.Empty(bench.Batch.Origins);
        Assert.Equal(0, bench.Batch.Add(default));
        Assert.Equal("{\"message\":\"\"}", bench.Event(0));
    }

    [Fact]
    public void Renaming_keeps_the_place_and_replaces_the_other_field() => Assert.Equal(
        """{"a":1,"d":2,"e":5}""",
        Fields("a=1 b=2 c=3 d=4 e=5", (b, id) =>
        {
            Assert.True(b.RenameField(0, id("b"), id("d")));
            Assert.True(b.RemoveField(0, id("c")));
            Assert.False(b.RemoveField(0, id("c")));
            Assert.False(b.RenameField(0, id("c"), id("a")));
            Assert.True(b.RenameField(0, id("a"), id("a")));
            Assert.False(b.RenameField(0, id("x"), id("x")));
        }));

    [Fact]
    public void Setting_a_field_again_keeps_its_place() => Assert.Equal(
        """{"a":"x","b":null,"c":true}""",
        Fields("a=1 b=2 c=3", (b, id) =>
        {
            b.SetNull(0, id("b"));
            b.SetBool(0, id("c"), true);
            b.SetString(0, id("a"), "x"u8);
        }));

    [Fact]
    public void An_event_fails_and_leaves_only_once()
    {
        var bench = new Bench().Add("a", "b", "c");
        bench.Batch.Step = 4;
        bench.Batch.Remove(0, Removal.Filtered);
        bench.Batch.Fail(0, "too late");
        bench.Batch.Fail(1, "first");
        bench.Batch.Fail(1, "second");
        bench.Batch.Remove(1, Removal.Moved);
        Assert.Equal(3, bench.Batch.Rows.Length);
        bench.Batch.Compact();
        Assert.Equal([2], bench.Batch.Rows.ToArray());
        Assert.Equal([new Failure(1, 4, "first")], bench.Batch.Failures);
        Assert.Equal((1, 1, 0), (bench.Batch.Removed(Removal.Filtered), bench.Batch.Removed(Removal.Dead), bench.Batch.Removed(Removal.Moved)));
    }

    [Fact]
    public void A_field_longer_than_a_slot_can_hold_makes_a_dead_letter()
    {
        var bench = new Bench().Add("a");
        bench.Batch.SetString(0, bench.Context.Fields.Id("x"), new byte[Slot.MaxLength + 1]);
        Assert.Contains("'x' would be longer", bench.Reason, StringComparison.Ordinal);
        Assert.Equal(0, bench.Batch.FieldCount(0));
    }

    [Fact]
    public void Texts_survive_the_growth_of_the_arena()
    {
        var bench = new Bench().Add("a");
        var field = bench.Context.Fields.Id("x");
        bench.Batch.SetString(0, field, "kept"u8);

        // The source of the text is the arena that is about to be replaced.
        bench.Batch.Append(new byte[(128 << 10) - bench.Batch.ArenaLength - 2]);
        bench.Batch.SetString(0, bench.Context.Fields.Id("y"), bench.Batch.Text(bench.Batch.Get(0, field)));
        Assert.Equal("""{"x":"kept","y":"kept"}""", bench.Single);
    }

    [Fact]
    public void Ids_are_read_back_from_their_text()
    {
        var id = new EventId("file:/a/b#0", 3, 99, 1);
        Assert.Equal(id, EventId.Parse(id.ToString()));
        Assert.All(["", "a", "a/1/2", "a/x/1/2", "a/1/x/2", "a/1/2/x"], t => Assert.Throws<FormatException>(() => EventId.Parse(t)));
    }

    [Theory]
    [InlineData("1", FieldKind.Int64, 1L)]
    [InlineData("-9223372036854775808", FieldKind.Int64, long.MinValue)]
    [InlineData("9223372036854775808", FieldKind.Double, 9223372036854775808.0)]
    [InlineData("1.0", FieldKind.Double, 1.0)]
    [InlineData("1e3", FieldKind.Double, 1000.0)]
    [InlineData("-2.5E-3", FieldKind.Double, -0.0025)]
    [InlineData("1E400", FieldKind.Double, double.PositiveInfinity)]
    public void A_number_is_read_when_it_is_asked_for(string text, FieldKind kind, object value)
    {
        var bench = new Bench().Add($$"""{"n":{{text}}}""").Parse(new CloudPump.Parsers.Json());
        Assert.Equal(FieldKind.Number, bench.Batch.Slots(0)[0].Kind);
        var slot = bench.Batch.Get(0, bench.Context.Fields.Id("n"));
        Assert.Equal(kind, slot.Kind);
        Assert.Equal(value, kind == FieldKind.Int64 ? (object)slot.Value : slot.AsDouble);
        Assert.Equal($$"""{"n":{{text}}}""", bench.Single);
    }

    private static string Fields(string fields, Action<EventBatch, Func<string, ushort>> change)
    {
        var bench = new Bench();
        bench.Batch.Add(new EventHeader { RawLength = -1 });
        foreach (var pair in fields.Split(' ').Select(f => f.Split('=')))
        {
            bench.Batch.SetInt64(0, bench.Context.Fields.Id(pair[0]), int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture));
        }

        change(bench.Batch, bench.Context.Fields.Id);
        return bench.Single;
    }
}
