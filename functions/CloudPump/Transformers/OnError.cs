namespace CloudPump.Transformers;

/// <summary>What becomes of an event whose value cannot be treated as asked.</summary>
public enum OnError
{
    /// <summary>It is a dead letter.</summary>
    Dead,

    /// <summary>It goes on with the value as it was.</summary>
    Skip,

    /// <summary>It goes on with null.</summary>
    Null,
}
