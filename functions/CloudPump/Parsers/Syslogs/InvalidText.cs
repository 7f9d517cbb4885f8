namespace CloudPump.Parsers.Syslogs;

/// <summary>What becomes of a message that is not UTF-8.</summary>
public enum InvalidText
{
    /// <summary>What is wrong becomes U+FFFD.</summary>
    Replace,

    /// <summary>The event is a dead letter.</summary>
    Fail,
}
