using System.Text;
using CloudPump.Events;
using CloudPump.Parsers;

namespace CloudPump.Pipelines.Testing;

/// <summary>
/// Turns the `given` part of a unit test into events. A text is the original bytes. Fields become what the JSON parser makes of them, except that RFC 3339
/// texts in the fields that CloudPump's own parsers and analyzers give times become timestamps: such events come from other pipelines, and
/// there these fields are timestamps. Any other text stays one. A pipeline that begins with `parse: json` gets fields as JSON text.
/// </summary>
internal sealed class GivenEvents
{
    private static readonly string[] TimeFields = ["timestamp", "@timestamp", "window_start", "window_end"];
    private static readonly Origin Origin = new("test", 0);
    private readonly IProcessor _json;
    private readonly EventBatch _parsed;
    private readonly EventBlockWriter _writer;
    private readonly ushort[] _times;
    private readonly bool _fieldsAsText;
    private readonly long _received;

    public GivenEvents(PipelineDefinition pipeline, BuildContext context)
    {
        _json = new Json().Build(context);
        _parsed = new EventBatch(context.Fields);
        _writer = new EventBlockWriter(context.Fields);
        _times = [.. TimeFields.Select(context.Fields.Id)];
        _fieldsAsText = pipeline.Processors.FirstOrDefault() is Json;
        _received = context.Time.GetUtcNow().Ticks;
    }

    /// <summary>Adds an event; its number is its position.</summary>
    public void Add(EventBatch batch, in GivenEvent given, int number)
    {
        if (!given.IsFields || _fieldsAsText)
        {
            AddText(batch, given.Text, number);
            return;
        }

        // By way of a block, as events come that another pipeline has sent.
        _parsed.Clear();
        AddText(_parsed, given.Text, number);
        _json.Process(_parsed);
        SetTimes();
        _writer.Clear();
        _writer.Add(_parsed, 0);
        EventBlockReader.Read(_writer.ToBlock(Origin), batch);
    }

    private void AddText(EventBatch batch, string text, int number)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        batch.Add(new EventHeader
        {
            Origin = batch.AddOrigin(Origin),
            Offset = number,
            RawOffset = batch.Append(bytes),
            RawLength = bytes.Length,
            Received = _received,
        });
    }

    private void SetTimes()
    {
        foreach (var field in _times)
        {
            var slot = _parsed.Get(0, field);
            if (slot.IsText && TimestampText.TryParse(_parsed.Text(slot), out var ticks, out var nanos))
            {
                _parsed.SetTimestamp(0, field, ticks, nanos);
            }
        }
    }
}
