using System.Text.Json.Nodes;
using CloudPump.Events;

namespace CloudPump.Hosting;

/// <summary>The fields of dead letters, to be shown.</summary>
public static class DeadLetterFields
{
    /// <summary>The event's fields as they were when it failed; null when it still was its original bytes.</summary>
    public static JsonNode? Fields(this DeadLetter letter)
    {
        if (letter.Event is null)
        {
            return null;
        }

        var batch = new EventBatch(new FieldTable());
        EventBlockReader.Read(letter.Event, batch);
        var output = new ByteBuffer();
        new EventJsonWriter().Write(output, batch, 0);
        return JsonNode.Parse(output.Written);
    }
}
