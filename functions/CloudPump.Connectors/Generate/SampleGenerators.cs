namespace CloudPump.Connectors.Generate;

/// <summary>The sample generators by name.</summary>
public static class SampleGenerators
{
    private static readonly string[] AllNames = ["weblogs", "orders", "sensors", "logins", "xdr"];

    /// <summary>The names that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.AsReadOnly(AllNames);

    /// <summary>Creates a generator.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="seed">Another seed gives other events; the same one gives the same bytes.</param>
    /// <exception cref="ArgumentException">There is no such generator; the message lists those that exist.</exception>
    public static ISampleGenerator Create(string name, long seed) => name switch
    {
        "weblogs" => new WeblogGenerator(seed),
        "orders" => new OrderGenerator(seed),
        "sensors" => new SensorGenerator(seed),
        "logins" => new LoginGenerator(seed),
        "xdr" => new XdrGenerator(seed),
        _ => throw new ArgumentException($"There are no sample data named '{name}'. There are: {string.Join(", ", AllNames)}.", nameof(name)),
    };
}
