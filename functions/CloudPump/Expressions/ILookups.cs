namespace CloudPump.Expressions;

/// <summary>The lookup tables that expressions can name.</summary>
public interface ILookups
{
    /// <summary>The names of the tables, for "did you mean".</summary>
    IEnumerable<string> Names { get; }

    /// <summary>The table of a name; null when there is none. The table stays good when its content is loaded anew.</summary>
    ILookupTable? Find(string name);
}
