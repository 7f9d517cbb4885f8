namespace CloudPump.Connectors.Sql;

/// <summary>The databases that are spoken to.</summary>
public enum SqlProvider
{
    /// <summary>SQLite: a file.</summary>
    Sqlite,

    /// <summary>PostgreSQL.</summary>
    Postgresql,
}
