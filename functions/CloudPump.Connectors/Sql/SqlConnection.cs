using System.Data.Common;
using CloudPump.Pipelines;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CloudPump.Connectors.Sql;

/// <summary>A SQL database.</summary>
[Component(ComponentKind.Connection, "sql", "A SQL database: SQLite or PostgreSQL.",
    Example = "crm: {sql: {provider: postgresql, connection_string: \"${CRM_DATABASE:-Host=localhost;Database=crm}\"}}")]
public sealed class SqlConnection : ConnectionDefinition
{
    /// <summary>Which database.</summary>
    [Option("The database: sqlite or postgresql.", Required = true)]
    public SqlProvider Provider { get; set; }

    /// <summary>How to reach it.</summary>
    [Option("The ADO.NET connection string; take passwords from the environment.", Required = true, Secret = true)]
    public string ConnectionString { get; set; } = "";

    /// <summary>Opens a connection.</summary>
    /// <exception cref="DbException">The database cannot be reached.</exception>
    /// <exception cref="ArgumentException">The connection string is wrong.</exception>
    internal async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        DbConnection connection = Provider == SqlProvider.Sqlite ? new SqliteConnection(ConnectionString) : Postgresql();
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Without the mode an array that holds a null cannot be read.
    private NpgsqlConnection Postgresql() => new(new NpgsqlConnectionStringBuilder(ConnectionString) { ArrayNullabilityMode = ArrayNullabilityMode.PerInstance }.ConnectionString);
}
