namespace CloudPump.Parsers.Patterns;

/// <summary>Patterns that others refer to by name.</summary>
internal interface IPatternDefinitions
{
    /// <summary>The pattern of that name.</summary>
    /// <exception cref="PatternException">There is none.</exception>
    string Find(string name);
}
