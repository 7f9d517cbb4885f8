using System.Text;
using CloudPump.Analyzers;
using CloudPump.Analyzers.Measures;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Analyzers;

/// <summary>What tests of measures share: values go in by parts, each part is written and merged, and the result is read as kind and JSON.</summary>
internal static class MeasureRig
{
    private static readonly Origin[] Origins = [new("a", 0), new("a", 1), new("b", 0)];

    public static EventStamp Stamp(long time, int number) => new(time, Origins[number % 3], number, number & 1);

    public static Measure Column(string call)
    {
        var column = MeasureCall.Parse(call).Create();
        column.AddGroup(0);
        return column;
    }

    public static void Add(Measure column, IEnumerable<(Value Value, EventStamp Stamp)> values, int group = 0)
    {
        foreach (var (value, stamp) in values)
        {
            column.Stamp(stamp);
            column.Add(group, value);
        }
    }

    public static void Merge(Measure from, Measure to, int group)
    {
        var buffer = new ByteBuffer();
        from.Write(0, buffer);
        var reader = new ByteReader(buffer.Written);
        to.Merge(group, ref reader);
        Assert.True(reader.IsEmpty);
    }

    public static string Result(string call, params (Value Value, EventStamp Stamp)[][] parts)
    {
        var total = Column(call);
        total.AddGroup(1);
        foreach (var part in parts)
        {
            var measure = Column(call);
            Add(measure, part);
            Merge(measure, total, 1);
        }

        return Text(total, 1);
    }

    public static string Text(Measure measure, int group)
    {
        var batch = new EventBatch(new FieldTable());
        batch.Add(default);
        measure.Result(group, TimeSpan.TicksPerMinute, batch, 0, batch.Fields.Id("x"));
        var output = new ByteBuffer();
        new EventJsonWriter().WriteValue(output, batch, batch.Slots(0)[0]);
        return $"{batch.Slots(0)[0].Kind} {Encoding.UTF8.GetString(output.Written)}";
    }

    public static Slot Slot(Measure measure, int group = 0)
    {
        var batch = new EventBatch(new FieldTable());
        batch.Add(default);
        measure.Result(group, TimeSpan.TicksPerMinute, batch, 0, batch.Fields.Id("x"));
        return batch.Slots(0)[0];
    }
}
