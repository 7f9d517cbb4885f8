namespace CloudPump.Tests.Infra;

/// <summary>What a piece of a Bicep file is.</summary>
internal enum BicepTokenKind
{
    /// <summary>A name or a keyword.</summary>
    Name,

    /// <summary>A string; what it interpolates follows as tokens of its own.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Braces, operators, separators.</summary>
    Sign,

    /// <summary>The end of a line, which separates statements, properties and items.</summary>
    Line,
}
