using System.Data.Common;
using System.Net.Sockets;
using CloudPump.Events;
using CloudPump.Lookups;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Sql;

/// <summary>A lookup from a query: each row is an entry.</summary>
[Component(ComponentKind.Lookup, "sql", "A lookup from a SQL query, run again at intervals; other instances and followers hear only of what has changed.",
    Example = "customers:\n  sql: {connection: crm, query: \"SELECT id, tier, country FROM customer\", key: id, refresh: 10m}")]
public sealed class SqlLookup : LookupDefinition
{
    private const int MostRows = 1_000;

    /// <summary>The database.</summary>
    [Option("The connection, of connections.yaml.", Required = true, Connection = "sql")]
    public string Connection { get; set; } = "";

    /// <summary>The query.</summary>
    [Option("The query; its columns are the key and the values. Numbers keep all digits, times without a zone are UTC, dates are ISO 8601, arrays and JSON are lists and objects.", Required = true)]
    public string Query { get; set; } = "";

    /// <inheritdoc/>
    [Option("How often the query is run again.")]
    public override TimeSpan Refresh { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override bool IsLocal => false;

    /// <inheritdoc/>
    public override async ValueTask LoadAsync(LookupLoad load, CancellationToken cancellationToken)
    {
        var connection = load.Connections.Find<SqlConnection>(Connection) ?? throw new LookupException($"The connection '{Connection}' of the lookup '{load.Name}' has mistakes.");
        try
        {
            await using var database = await connection.OpenAsync(cancellationToken);
            await using var command = database.CreateCommand();
            command.CommandText = Query;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await ReadAsync(reader, load, cancellationToken);
        }
        catch (Exception e) when (e is DbException or ArgumentException or InvalidOperationException or InvalidCastException or ArithmeticException or IOException or SocketException)
        {
            throw new LookupException($"The query of the lookup '{load.Name}' failed: {e.Message}", e);
        }
    }

    private static async Task ReadAsync(DbDataReader reader, LookupLoad load, CancellationToken cancellationToken)
    {
        var (rows, batch) = (new SqlRows(reader, load.Fields), new EventBatch(load.Fields));
        batch.AddOrigin(new Origin(load.Name, 0));
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(batch);
            if (batch.RowCount == MostRows)
            {
                load.Add(batch);
                batch.Clear();
                batch.AddOrigin(new Origin(load.Name, 0));
            }
        }

        load.Add(batch);
    }
}
