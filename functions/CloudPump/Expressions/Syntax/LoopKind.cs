namespace CloudPump.Expressions;

/// <summary>What a macro over a list or map makes.</summary>
internal enum LoopKind : byte
{
    All,
    Exists,
    ExistsOne,
    List,
    Map,
}
