using System.Text.Json.Nodes;
using CloudPump.Tests.Cli;
using Npgsql;

namespace CloudPump.Tests.Sql;

/// <summary>Lookups from a real PostgreSQL: the one that CLOUDPUMP_POSTGRESQL connects to; tests/postgresql.sh starts one. Every test has a schema of its own.</summary>
public sealed class PostgresqlTests : IAsyncLifetime
{
    private const string Variable = "CLOUDPUMP_POSTGRESQL";
    private readonly CliRun _cli = new();
    private readonly string _schema = $"t{System.Security.Cryptography.RandomNumberGenerator.GetHexString(16, lowercase: true)}";
    private NpgsqlDataSource? _database;

    public async ValueTask InitializeAsync()
    {
        var connection = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(connection), $"{Variable} names no server; tests/postgresql.sh starts one.");
        connection = $"{connection};Search Path={_schema}";
        _database = NpgsqlDataSource.Create(connection);
        await ExecuteAsync($"CREATE SCHEMA {_schema}");
        Connect(connection);
    }

    public async ValueTask DisposeAsync()
    {
        _cli.Dispose();
        if (_database is not null)
        {
            await ExecuteAsync($"DROP SCHEMA {_schema} CASCADE");
            await _database.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("7::smallint", "7")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("12345678901234567890.10", "12345678901234567890.10")]
    [InlineData("0.5::float8", "0.5")]
    [InlineData("1.5::real", "1.5")]
    [InlineData("true", "true")]
    [InlineData("NULL::int", "null")]
    [InlineData("'a \"q\" ü'", """
        "a \"q\" ü"
        """)]
    [InlineData("'\\x0001ff'::bytea", "\"AAH/\"")]
    [InlineData("'2026-10-10 13:55:36.25+02'::timestamptz", "\"2026-10-10T11:55:36.25Z\"")]
    [InlineData("'2026-10-10 13:55:36'::timestamp", "\"2026-10-10T13:55:36Z\"")]
    [InlineData("'2026-10-09'::date", "\"2026-10-09\"")]
    [InlineData("'13:55:36.5'::time", "\"13:55:36.5\"")]
    [InlineData("'1 day 2 hours'::interval", "\"1.02:00:00\"")]
    [InlineData("'0f8fad5b-d9cb-469f-a165-70867728950e'::uuid", "\"0f8fad5b-d9cb-469f-a165-70867728950e\"")]
    [InlineData("'203.0.113.7'::inet", "\"203.0.113.7\"")]
    [InlineData("'10.0.0.0/8'::cidr", "\"10.0.0.0/8\"")]
    [InlineData("B'101'", "\"101\"")]
    [InlineData("""'{"a": [1, null]}'::jsonb""", """{"a":[1,null]}""")]
    [InlineData("'[]'::json", "[]")]
    [InlineData("'3'::jsonb", "3")]
    [InlineData("ARRAY[1, NULL, 3]", "[1,null,3]")]
    [InlineData("ARRAY['x', 'y']", """["x","y"]""")]
    [InlineData("ARRAY[[1.5, 2], [3, 4]]", "[[1.5,2],[3,4]]")]
    [InlineData("'{2026-10-09}'::date[]", """["2026-10-09"]""")]
    [InlineData("'{NaN,1}'::float8[]", """["NaN",1]""")]
    public async Task A_column_becomes_a_value_of_its_type(string sql, string json)
    {
        Assert.Equal(0, await LookUpAsync($"SELECT 1 AS id, {sql} AS v", "1"));
        Assert.Equal(JsonNode.Parse(json)?.ToJsonString(), JsonNode.Parse(_cli.Lines[^1])!["v"]?.ToJsonString());
    }

    [Theory]
    [InlineData("SELECT nothing", "column \"nothing\" does not exist")]
    [InlineData("SELECT 1 AS other", "has no 'id'")]
    [InlineData("SELECT 1 AS id, 'NaN'::numeric AS v", "failed")]
    [InlineData("SELECT 1 AS id, '1e40'::numeric AS v", "failed")]
    [InlineData("SELECT 1 AS id, '1 month'::interval AS v", "failed")]
    public async Task A_query_that_gives_no_entries_is_told(string query, string message)
    {
        Assert.Equal(2, await LookUpAsync(query, "1"));
        Assert.Contains(message, _cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Networks_of_a_table_are_found_by_the_longest_prefix()
    {
        await ExecuteAsync("CREATE TABLE net(range cidr, zone text); INSERT INTO net VALUES ('10.0.0.0/8', 'inner'), ('10.1.0.0/16', 'lab'), ('2001:db8::/32', 'six')");
        _cli.File("lookups.yaml", "nets: {sql: {connection: crm, query: 'SELECT range, zone FROM net', key: range, value: zone, match: cidr}}");
        foreach (var (address, zone) in new[] { ("10.1.2.3", "\"lab\""), ("10.2.0.1", "\"inner\""), ("2001:db8::7", "\"six\"") })
        {
            Assert.Equal(0, await _cli.RunAsync("lookup", "get", "nets", address, "--pipelines", _cli.Folder));
            Assert.Equal(zone, _cli.Lines[^1]);
        }
    }

    [Fact]
    public async Task Half_a_million_rows_are_read_and_the_last_ones_serve_while_the_server_is_away()
    {
        await ExecuteAsync("CREATE TABLE customer AS SELECT n AS id, 'tier' || n % 5 AS tier FROM generate_series(1, 500000) n");
        _cli.File("lookups.yaml", "customers: {sql: {connection: crm, query: 'SELECT id, tier FROM customer', key: id, value: tier}}");
        Assert.Equal(["tier1", "tier4", null], await TiersAsync("a"));

        await ExecuteAsync("UPDATE customer SET tier = 'gold' WHERE id = 1; DELETE FROM customer WHERE id = 499999");
        Assert.Equal(["gold", null, null], await TiersAsync("b"));

        Connect("Host=127.0.0.1;Port=1;Username=u;Password=hidden-word");
        Assert.Equal(["gold", null, null], await TiersAsync("c"));
        Assert.Contains("it starts with the 499999 entries that it last had", _cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-word", _cli.Error, StringComparison.Ordinal);
    }

    private void Connect(string connection) => _cli.File("connections.yaml", $"crm: {{sql: {{provider: postgresql, connection_string: '{connection}'}}}}");

    private async Task<int> LookUpAsync(string query, string key)
    {
        _cli.File("lookups.yaml", $"rows:\n  sql:\n    connection: crm\n    key: id\n    query: |\n      {query}\n");
        return await _cli.RunAsync("lookup", "get", "rows", key, "--pipelines", _cli.Folder);
    }

    private async Task<IEnumerable<string?>> TiersAsync(string input)
    {
        var pipeline = _cli.File("p.yaml", "pipeline: p\nprocessors: [{parse: json}, {lookup: {name: customers, key: [customer], target: tier}}]\nsink: {'null': {}}\n");
        var events = _cli.File(input, string.Concat(new[] { 1, 499_999, 500_001 }.Select(c => $"{{\"customer\":{c}}}\n")));
        Assert.Equal(0, await _cli.RunAsync("run", pipeline, "--input", events, "--data", Path.Combine(_cli.Folder, "data"), "--output", "-"));
        return _cli.Bytes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!["tier"]?.GetValue<string>());
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
