using Azure.Data.Tables;

namespace CloudPump.Tests.App.Fakes;

/// <summary>A storage account's tables in memory.</summary>
internal sealed class FakeTables : TableServiceClient
{
    private readonly Dictionary<string, FakeTable> _tables = new(StringComparer.Ordinal);

    /// <summary>Called before every write; may throw, as a service that is away does.</summary>
    public Action<string> Writing { get; set; } = static _ => { };

    /// <summary>Called after every write that took effect; may throw: the answer was lost.</summary>
    public Action<string> Wrote { get; set; } = static _ => { };

    /// <summary>Called before every read; may throw.</summary>
    public Action<string> Reading { get; set; } = static _ => { };

    public FakeTable this[string name]
    {
        get
        {
            lock (_tables)
            {
                return _tables.TryGetValue(name, out var table) ? table : _tables[name] = new FakeTable(this, name);
            }
        }
    }

    public override TableClient GetTableClient(string tableName) => this[tableName];
}
