namespace CloudPump.Pipelines;

/// <summary>An input event of a unit test: original text, or fields as a JSON object.</summary>
public readonly record struct GivenEvent(string Text, bool IsFields);
