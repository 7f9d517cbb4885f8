namespace CloudPump.Pipelines;

/// <summary>A text option that can be given a name of its own: `"path"`, or `{page: "path"}`.</summary>
public interface INamedTextOption : ITextOption
{
    /// <summary>The name; the text when none was given.</summary>
    string Name { get; }

    /// <summary>The same under another name.</summary>
    INamedTextOption WithName(string name);
}
