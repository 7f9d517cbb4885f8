namespace CloudPump.Hosting.Invocations;

/// <summary>How invocations run.</summary>
public sealed record InvocationOptions
{
    /// <summary>How long one invocation may try before what the sink does not take becomes dead letters. Well below the function's timeout.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>The largest parcel before compression, in bytes.</summary>
    public int LargestParcel { get; init; } = 1 << 20;

    /// <summary>The most bytes that one part of a shard's record holds; three such parts and a head, as base64, stay below 800 KB. What is larger goes into blobs.</summary>
    public int LargestInline { get; init; } = 128 << 10;

    /// <summary>Where installed data lies, such as geoip databases; null when there is none.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What sinks may use of the host besides.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Tells an operator something.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Where the last state of lookups from a network is kept between starts; null keeps none.</summary>
    public string? CopyFolder { get; init; } = Path.Combine(Path.GetTempPath(), "cloudpump");
}
