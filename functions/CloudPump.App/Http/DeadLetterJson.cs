using System.Text;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;

namespace CloudPump.App.Http;

/// <summary>Dead letters as JSON, with the names that the command line gives them.</summary>
internal static class DeadLetterJson
{
    /// <summary>A letter in a list.</summary>
    public static JsonObject Line(KeptLetter kept) => new()
    {
        ["id"] = kept.Id,
        ["time"] = TimestampText.Format(kept.Letter.Time.UtcTicks),
        ["pipeline"] = kept.Letter.Pipeline,
        ["processor"] = kept.Letter.Processor,
        ["step"] = kept.Letter.Step,
        ["reason"] = kept.Letter.Reason,
        ["event_id"] = kept.Letter.Id.ToString(),
        ["stream"] = kept.Letter.Id.Stream,
        ["partition"] = kept.Letter.Id.Partition,
        ["offset"] = kept.Letter.Id.Offset,
        ["index"] = kept.Letter.Id.Index,
    };

    /// <summary>A letter, whole; the original bytes as `raw` when they are text, else as `raw_base64`.</summary>
    public static JsonObject Whole(KeptLetter kept)
    {
        var json = Line(kept);
        if (kept.Letter.Raw is { } raw)
        {
            var isText = Utf8.IsValid(raw);
            json[isText ? "raw" : "raw_base64"] = isText ? Encoding.UTF8.GetString(raw) : Convert.ToBase64String(raw);
        }

        if (kept.Letter.Fields() is { } fields)
        {
            json["fields"] = fields;
        }

        return json;
    }
}
