namespace CloudPump.Tests.Elasticsearch;

/// <summary>The whole request is wrong.</summary>
internal sealed class StrictException(int status, string type, string reason) : Exception(reason)
{
    public StrictAnswer Answer { get; } = StrictAnswer.Error(status, type, reason);

    public static StrictException Malformed(string reason) => new(400, "illegal_argument_exception", reason);
}
