using CloudPump.Events;

namespace CloudPump.Connectors.Files;

/// <summary>Turns events into the text of a file.</summary>
internal interface IEventFormat
{
    /// <summary>Prepares to go on in a file that has content already; its first line is given (empty for a new file).</summary>
    void Continue(string firstLine);

    /// <summary>Writes an event; one that does not fit is given to <see cref="EventBatch.Fail"/>.</summary>
    void Write(ByteBuffer output, EventBatch batch, int row);
}
