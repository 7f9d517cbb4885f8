namespace CloudPump.Cli.Explain;

/// <summary>A field's value.</summary>
/// <param name="Type">Its type in words.</param>
/// <param name="Json">The value as JSON.</param>
internal readonly record struct FieldValue(string Type, string Json);
