using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CloudPump.Embedded;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Cli.Running;

/// <summary>Dead letters as text and as JSON.</summary>
internal static class DeadLetterText
{
    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line for a list.</summary>
    public static string Line(StoredDeadLetter stored)
    {
        var letter = stored.Letter;
        return $"{stored.Id}  {TimestampText.Format(letter.Time.UtcTicks)}  {letter.Pipeline}  {letter.Processor}  {letter.Reason}{(stored.Queued ? "  (waits for its replay)" : "")}";
    }

    /// <summary>Everything about one, for people.</summary>
    public static string Whole(StoredDeadLetter stored)
    {
        var letter = stored.Letter;
        var text = new StringBuilder()
            .AppendLine($"number     {stored.Id}{(stored.Queued ? " (waits for its replay)" : "")}")
            .AppendLine($"time       {TimestampText.Format(letter.Time.UtcTicks)}")
            .AppendLine($"pipeline   {letter.Pipeline}")
            .AppendLine($"processor  {letter.Processor}")
            .AppendLine($"reason     {letter.Reason}")
            .AppendLine($"event      {letter.Id}");
        if (letter.Fields() is { } fields)
        {
            text.AppendLine($"fields     {fields.ToJsonString(Format)}");
        }

        if (letter.Raw is { } raw)
        {
            text.AppendLine(Utf8.IsValid(raw) ? $"original   {Encoding.UTF8.GetString(raw)}" : $"original   (base64) {Convert.ToBase64String(raw)}");
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>One as JSON; the original bytes as `raw` when they are UTF-8, else as `raw_base64`.</summary>
    public static string Json(StoredDeadLetter stored)
    {
        var letter = stored.Letter;
        var json = new JsonObject
        {
            ["id"] = stored.Id,
            ["time"] = TimestampText.Format(letter.Time.UtcTicks),
            ["pipeline"] = letter.Pipeline,
            ["processor"] = letter.Processor,
            ["step"] = letter.Step,
            ["reason"] = letter.Reason,
            ["event_id"] = letter.Id.ToString(),
            ["stream"] = letter.Id.Stream,
            ["partition"] = letter.Id.Partition,
            ["offset"] = letter.Id.Offset,
            ["index"] = letter.Id.Index,
            ["queued"] = stored.Queued,
        };
        if (letter.Raw is { } raw)
        {
            json[Utf8.IsValid(raw) ? "raw" : "raw_base64"] = Utf8.IsValid(raw) ? Encoding.UTF8.GetString(raw) : Convert.ToBase64String(raw);
        }

        if (letter.Fields() is { } fields)
        {
            json["fields"] = fields;
        }

        return json.ToJsonString(Format);
    }
}
