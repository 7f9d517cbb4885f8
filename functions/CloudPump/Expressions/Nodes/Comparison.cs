namespace CloudPump.Expressions;

/// <summary>The relations, each as the set of outcomes that fulfil it: less 1, equal 2, greater 4, unordered (NaN) 8.</summary>
internal enum Comparison : byte
{
    Less = 1,
    Equal = 2,
    LessOrEqual = 3,
    Greater = 4,
    GreaterOrEqual = 6,
    NotEqual = 13,
}
