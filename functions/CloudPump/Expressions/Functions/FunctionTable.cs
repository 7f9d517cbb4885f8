using System.Collections.Frozen;

namespace CloudPump.Expressions;

/// <summary>The functions that expressions can call, operators among them.</summary>
internal sealed class FunctionTable
{
    private readonly FrozenDictionary<(string Name, bool IsMember), Overload[]> _functions;

    private FunctionTable(IEnumerable<Overload> overloads) =>
        _functions = overloads.GroupBy(o => (o.Name, o.IsMember)).ToFrozenDictionary(g => g.Key, g => g.ToArray());

    public static FunctionTable Default { get; } = new(
    [
        .. OperatorFunctions.All, .. ConversionFunctions.All, .. StringFunctions.All, .. TextFunctions.All,
        .. TimeFunctions.All, .. EventFunctions.All,
        .. MathFunctions.All, .. BitFunctions.All, .. EncodingFunctions.All, .. GeoFunctions.All,
        .. DigestFunctions.All, .. CaseFunctions.All, .. UrlFunctions.All, .. IpFunctions.All, .. FormatTimeFunctions.All, .. LookupFunctions.All,
    ]);

    /// <summary>The names, operators left out.</summary>
    public IEnumerable<string> Names => _functions.Keys.Select(k => k.Name).Where(n => char.IsAsciiLetter(n[0])).Distinct(StringComparer.Ordinal);

    public bool Has(string name, bool isMember) => _functions.ContainsKey((name, isMember));

    public Overload? Find(string name, bool isMember, int count) => _functions.TryGetValue((name, isMember), out var overloads)
        ? Array.Find(overloads, o => o.Count == count || (o.Count < 0 && count > 0))
        : null;

    public IEnumerable<int> Counts(string name, bool isMember) => _functions[(name, isMember)].Select(o => o.Count).Order();
}
