using CloudPump.Expressions;

namespace CloudPump.Pipelines.Personal;

/// <summary>
/// The fields that hold personal data as they came, at one place of a pipeline. Every step says what it does to them, so that it can be told before anything runs whether one of them
/// would leave.
/// </summary>
public sealed class PersonalFields(IEnumerable<string> fields)
{
    private readonly SortedSet<string> _raw = new(fields, StringComparer.Ordinal);

    /// <summary>The fields, as paths.</summary>
    public IReadOnlyCollection<string> Raw => _raw;

    /// <summary>Whether a field holds something personal: it is one of them, lies in one, or has one in it.</summary>
    public bool Contains(string path) => _raw.Any(r => r == path || IsUnder(r, path) || IsUnder(path, r));

    /// <summary>Whether the value of an expression tells something personal. A condition and a keyed hash do not.</summary>
    public bool Tells(Expression expression) =>
        expression.ResultType != ValueKind.Bool && ((expression.UsesWholeEvent && _raw.Count > 0) || expression.OpenPaths.Any(Contains));

    /// <summary>A field is gone, or no longer personal.</summary>
    public void Remove(string path) => _raw.RemoveWhere(r => r == path || IsUnder(r, path));

    /// <summary>A field gets something personal.</summary>
    public void Add(string path) => _raw.Add(path);

    /// <summary>A field gets another name.</summary>
    public void Rename(string from, string to)
    {
        var moved = _raw.Where(r => r == from || IsUnder(r, from)).ToList();
        Remove(to);
        Remove(from);
        moved.ForEach(m => Add(to + m[from.Length..]));
    }

    /// <summary>A field gets what another one has, or something made of it.</summary>
    public void Copy(string from, string to)
    {
        if (Contains(from))
        {
            Add(to);
        }
        else if (from != to)
        {
            Remove(to);
        }
    }

    /// <summary>A field gets the value of an expression.</summary>
    public void Set(string field, Expression value)
    {
        if (Tells(value))
        {
            Add(field);
        }
        else
        {
            Remove(field);
        }
    }

    /// <summary>Only these fields stay.</summary>
    public void Keep(IReadOnlyCollection<string> paths) => _raw.RemoveWhere(r => !paths.Any(p => p == r || IsUnder(r, p) || IsUnder(p, r)));

    private static bool IsUnder(string path, string parent) => path.Length > parent.Length && path[parent.Length] == '.' && path.StartsWith(parent, StringComparison.Ordinal);
}
