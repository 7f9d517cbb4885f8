namespace CloudPump.Tests.Infra;

/// <summary>A piece of a Bicep file.</summary>
internal readonly record struct BicepToken(BicepTokenKind Kind, string Text, int Line)
{
    /// <summary>Whether this is a sign, such as a brace.</summary>
    public bool Is(string sign) => Kind == BicepTokenKind.Sign && Text == sign;
}
