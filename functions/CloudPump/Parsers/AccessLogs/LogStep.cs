namespace CloudPump.Parsers.AccessLogs;

/// <summary>A part of a line: a value, and the text that follows it.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Value">How it is read.</param>
/// <param name="Written">As the format has it, for messages.</param>
internal sealed record LogStep(string Field, LogValue Value, string Written)
{
    /// <summary>What follows; empty at the end of the line.</summary>
    public byte[] End { get; set; } = [];

    /// <summary>It stands in quotes, in which a backslash escapes.</summary>
    public bool IsQuoted { get; set; }

    /// <summary>The format of a time of its own.</summary>
    public Strftime? Format { get; init; }
}
