namespace CloudPump.Hosting;

/// <summary>What a read brought.</summary>
public enum ReadResult
{
    /// <summary>There are events in the batch (or only failures, or a new position).</summary>
    Events,

    /// <summary>The partition has ended: nothing will come any more.</summary>
    End,
}
