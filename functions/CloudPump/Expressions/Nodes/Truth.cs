namespace CloudPump.Expressions;

/// <summary>What testing a node yields; after <see cref="Failed"/> the scope holds the error.</summary>
internal enum Truth : byte
{
    False,
    True,
    Failed,
}
