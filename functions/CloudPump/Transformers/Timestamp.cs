using CloudPump.Events;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;
using CloudPump.Transformers.Times;

namespace CloudPump.Transformers;

/// <summary>
/// Reads a time. Formats are tried in order: rfc3339; unix, unix_ms, unix_us and unix_ns for numbers since 1970; http (RFC 1123), access_log and syslog; or a pattern such as
/// dd.MM.yyyy HH:mm:ss.
/// </summary>
[Component(ComponentKind.Transformer, "timestamp", "Reads a time in one of many formats.", Example = "timestamp: {field: when, formats: [rfc3339, unix_ms, \"dd.MM.yyyy HH:mm\"], time_zone: Europe/Berlin}",
    Given = """{"when": "10.07.2026 13:55"}""", Gives = ["""{"when": "2026-07-10T11:55:00Z"}"""])]
public sealed class Timestamp : ProcessorDefinition
{
    /// <summary>The field.</summary>
    [Option("The field.", Main = true, Required = true)]
    public string Field { get; set; } = "";

    /// <summary>The formats.</summary>
    [Option("The formats, tried in order: rfc3339, unix, unix_ms, unix_us, unix_ns, http, access_log, syslog, or a pattern of yyyy yy MMMM MMM MM M dd d ddd HH H hh h tt mm m ss s f zzz, with other letters in 'quotes'.")]
    public List<string> Formats { get; set; } = ["rfc3339"];

    /// <summary>The zone.</summary>
    [Option("The time zone (IANA) of texts that tell none.")]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The target.</summary>
    [Option("The field that gets the time; by default the field itself.")]
    public string? Target { get; set; }

    /// <summary>Otherwise.</summary>
    [Option("What becomes of an event whose field is of none of the formats: it is a dead letter, keeps the value, or gets null.")]
    public OnError OnError { get; set; }

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            report.Error(this, "time_zone", $"There is no time zone '{TimeZone}'; it takes an IANA name such as Europe/Berlin.");
            return;
        }

        foreach (var format in Formats)
        {
            if (Format(format, TimeZoneInfo.Utc, out var problem) is null)
            {
                report.Error(this, "formats", $"The format '{format}' cannot be read: {problem}.");
            }
        }
    }

    /// <inheritdoc/>
    public override void TracePersonal(PersonalFields fields) => fields.Copy(Field, Target ?? Field);

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        return new Processor([.. Formats.Select(f => Format(f, zone, out _)!)], new FieldPath(Field, context.Fields), new FieldPath(Target ?? Field, context.Fields), OnError);
    }

    private static ITimeFormat? Format(string format, TimeZoneInfo zone, out string problem)
    {
        problem = "";
        return format switch
        {
            "rfc3339" => new Rfc3339Time(),
            "unix" => new UnixTime(1),
            "unix_ms" => new UnixTime(1_000),
            "unix_us" => new UnixTime(1_000_000),
            "unix_ns" => new UnixTime(1_000_000_000),
            "http" => PatternTime.TryParse("ddd, dd MMM yyyy HH:mm:ss 'GMT'", TimeZoneInfo.Utc, out problem),
            "access_log" => PatternTime.TryParse("dd/MMM/yyyy:HH:mm:ss zzz", zone, out problem),
            "syslog" => PatternTime.TryParse("MMM d HH:mm:ss", zone, out problem),
            _ => PatternTime.TryParse(format, zone, out problem),
        };
    }

    private sealed class Processor(ITimeFormat[] formats, FieldPath field, FieldPath target, OnError onError) : IProcessor
    {
        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                var slot = field.Get(batch, row);
                if (slot.Kind is FieldKind.Missing or FieldKind.Null)
                {
                    continue;
                }

                if (slot.Kind == FieldKind.Timestamp || TryRead(batch, row, ref slot))
                {
                    target.Put(batch, row, slot);
                }
                else
                {
                    FailedValue.Apply(onError, batch, row, target, $"The field '{field.Text}' is a time of none of the formats that are asked for.");
                }
            }
        }

        private bool TryRead(EventBatch batch, int row, ref Slot slot)
        {
            foreach (var format in formats)
            {
                if (format.TryRead(batch, slot, batch.Header(row).Received, out var time))
                {
                    slot = time;
                    return true;
                }
            }

            return false;
        }
    }
}
