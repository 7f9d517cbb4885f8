using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace CloudPump.Tests.Cli;

/// <summary>Lookups from a database, from a server, and from another instance, over real connections.</summary>
public sealed class SharedLookupTests : IDisposable
{
    private readonly CliRun _publisher = new();
    private readonly CliRun _follower = new();

    public void Dispose()
    {
        _publisher.Dispose();
        _follower.Dispose();
    }

    [Fact]
    public async Task One_instance_publishes_and_another_follows_and_starts_without_it_from_what_it_last_had()
    {
        var port = FreePort();
        _publisher.File("cells.csv", "cell,site\n1,Bonn\n2,Kiel\n");
        _publisher.File("lookups.yaml", "cells: {csv: {path: cells.csv, key: cell, value: site, refresh: 1s}}");
        _publisher.File("p.yaml", "pipeline: p\nsources: [{stream: s}]\nprocessors: [{parse: json}, {lookup: cells}]\nsink: {'null': {}}\n");
        var serving = _publisher.RunAsync("serve", _publisher.Folder, "--data", Path.Combine(_publisher.Folder, "data"), "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await UntilAnswersAsync($"http://127.0.0.1:{port}/lookups/cells");

        _follower.File("connections.yaml", $"center: {{http: 'http://127.0.0.1:{port}'}}");
        _follower.File("lookups.yaml", "cells: {follow: {connection: center, path: lookups/cells, key: cell}}");
        var ask = _follower.File("ask.yaml", "pipeline: ask\nprocessors: [{parse: json}, {lookup: {name: cells, target: site}}]\nsink: {'null': {}}\n");
        Assert.Equal(["Bonn", "Kiel", null], await AskAsync(ask, "a"));

        await _publisher.Stop.CancelAsync();
        Assert.Equal(0, await serving);
        Assert.Equal(["Bonn", "Kiel", null], await AskAsync(ask, "b"));
        Assert.Contains("it starts with the 2 entries that it last had", _follower.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_a_query_are_entries()
    {
        var database = $"Data Source={Path.Combine(_follower.Folder, "crm.db")};Pooling=False";
        await using (var connection = new SqliteConnection(database))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE customer(id INTEGER, tier TEXT, score REAL, note TEXT); INSERT INTO customer VALUES (1, 'gold', 0.5, NULL), (2, 'basic', 1, 'x')";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        _follower.File("connections.yaml", $"crm: {{sql: {{provider: sqlite, connection_string: '{database}'}}}}");
        _follower.File("lookups.yaml", "customers: {sql: {connection: crm, query: 'SELECT id, tier, score, note FROM customer', key: id}}");
        Assert.Equal(0, await _follower.RunAsync("lookup", "get", "customers", "1", "--pipelines", _follower.Folder));
        Assert.Equal("""{"tier":"gold","score":0.5,"note":null}""", _follower.Lines[^1]);
        _follower.File("lookups.yaml", "customers: {sql: {connection: crm, query: 'SELECT nothing', key: id}}");
        Assert.Equal(2, await _follower.RunAsync("lookup", "get", "customers", "1", "--pipelines", _follower.Folder));
        Assert.Contains("The query of the lookup 'customers' failed", _follower.Error, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task UntilAnswersAsync(string address)
    {
        using var client = new HttpClient();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            try
            {
                if ((await client.GetAsync(address, TestContext.Current.CancellationToken)).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It is not there yet.
            }
        }
    }

    private async Task<IEnumerable<string?>> AskAsync(string pipeline, string input)
    {
        var questions = _follower.File(input, """{"cell":1}""" + "\n" + """{"cell":"2"}""" + "\n" + """{"cell":3}""" + "\n");
        Assert.Equal(0, await _follower.RunAsync("run", pipeline, "--input", questions, "--data", Path.Combine(_follower.Folder, "data"), "--output", "-"));
        return _follower.Bytes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => System.Text.Json.Nodes.JsonNode.Parse(l)!["site"]?.GetValue<string>());
    }
}
