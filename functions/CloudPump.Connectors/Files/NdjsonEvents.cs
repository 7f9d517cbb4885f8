using CloudPump.Events;

namespace CloudPump.Connectors.Files;

/// <summary>One JSON object per line.</summary>
internal sealed class NdjsonEvents : IEventFormat
{
    private readonly EventJsonWriter _json = new();

    public void Continue(string firstLine)
    {
    }

    public void Write(ByteBuffer output, EventBatch batch, int row)
    {
        _json.Write(output, batch, row);
        output.WriteByte((byte)'\n');
    }
}
