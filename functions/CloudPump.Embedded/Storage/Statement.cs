using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CloudPump.Embedded.Storage;

/// <summary>A prepared statement whose parameters are set by position: $1, $2...</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteConnection _connection;
    private sqlite3_stmt? _prepared;

    public Statement(SqliteConnection connection, string sql)
    {
        _connection = connection;
        _command = connection.CreateCommand();
        _command.CommandText = sql;
    }

    /// <summary>Runs the statement.</summary>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>Runs the statement with a blob as its last parameter, which need not be an array of its own.</summary>
    public void RunWithBlob(ReadOnlySpan<byte> blob, params ReadOnlySpan<object?> values)
    {
        if (_prepared is null)
        {
            Check(raw.sqlite3_prepare_v2(_connection.Handle, _command.CommandText, out _prepared));
        }

        for (var i = 0; i < values.Length; i++)
        {
            Check(values[i] switch
            {
                null => raw.sqlite3_bind_null(_prepared, i + 1),
                string text => raw.sqlite3_bind_text(_prepared, i + 1, text),
                var number => raw.sqlite3_bind_int64(_prepared, i + 1, Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture)),
            });
        }

        Check(raw.sqlite3_bind_blob(_prepared, values.Length + 1, blob));
        var done = raw.sqlite3_step(_prepared);
        raw.sqlite3_reset(_prepared);
        Check(done == raw.SQLITE_DONE ? raw.SQLITE_OK : done);
    }

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>The rows.</summary>
    public SqliteDataReader Query(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteReader();
    }

    public void Dispose()
    {
        _command.Dispose();
        _prepared?.Dispose();
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _connection.Handle);

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var name = "$" + (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (i == _command.Parameters.Count)
            {
                _command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }

            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
