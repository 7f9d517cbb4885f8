namespace CloudPump.Tests.Elasticsearch;

/// <summary>What befalls a whole request.</summary>
internal enum StrictFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>429.</summary>
    Busy,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>The connection dies, nothing was applied.</summary>
    DiesBefore,

    /// <summary>Everything was applied, the connection dies before the answer.</summary>
    DiesAfter,

    /// <summary>Everything was applied, the answer is cut off.</summary>
    CutsAnswer,
}
