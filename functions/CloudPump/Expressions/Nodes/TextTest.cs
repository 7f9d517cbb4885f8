namespace CloudPump.Expressions;

/// <summary>What a text is tested for against a constant.</summary>
internal enum TextTest : byte
{
    Equal,
    NotEqual,
    StartsWith,
    EndsWith,
    Contains,
}
