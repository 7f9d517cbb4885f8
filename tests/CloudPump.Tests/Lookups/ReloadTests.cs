using CloudPump.Enrichers;
using CloudPump.Lookups;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Lookups;

public sealed class ReloadTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudpump-test");
    private readonly FakeClock _clock = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_changed_file_is_read_again_a_broken_one_leaves_the_old_and_others_hear_only_of_changes()
    {
        var path = Path.Combine(_folder.FullName, "a.csv");
        await using var host = await OpenAsync("k,v\n1,one\n2,two\n");
        var lookup = host.Find("a")!;
        Assert.Equal("one", Find(lookup, "1"));
        var (epoch, sequence) = (lookup.Table.Epoch, lookup.Table.Sequence);

        await File.WriteAllTextAsync(path, "k,v\n1,one\n3,three\n", TestContext.Current.CancellationToken);
        await host.RefreshNowAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("one", null, "three"), (Find(lookup, "1"), Find(lookup, "2"), Find(lookup, "3")));
        Assert.Equal((epoch, sequence + 2), (lookup.Table.Epoch, lookup.Table.Sequence));

        await File.WriteAllTextAsync(path, "k,v\n1,ONE\n4\n", TestContext.Current.CancellationToken);
        await host.RefreshNowAsync(TestContext.Current.CancellationToken);
        await host.RefreshNowAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("one", "three"), (Find(lookup, "1"), Find(lookup, "3")));
        Assert.Contains("stays as it is", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_location_database_is_opened_again_and_a_broken_one_is_not()
    {
        var file = Path.Combine(_folder.FullName, "geo.mmdb");
        File.Copy(TestData.Require("mmdb/test-data/GeoLite2-Country-Test.mmdb"), file);
        var bench = new Bench(new BuildContext { Pipeline = "p", Time = _clock, Warn = _warnings.Add });
        var geoip = new Geoip { Field = "ip", Database = file }.Build(bench.Context);
        Assert.Contains("\"country\"", Look(), StringComparison.Ordinal);

        File.Delete(file);
        File.Copy(TestData.Require("mmdb/test-data/GeoLite2-ASN-Test.mmdb"), file);
        Assert.DoesNotContain("autonomous_system_number", Look(), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Contains("autonomous_system_number", Look(), StringComparison.Ordinal);

        File.Delete(file);
        File.WriteAllText(file, "broken");
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Contains("autonomous_system_number", Look(), StringComparison.Ordinal);
        Assert.Contains("the old one stays", Assert.Single(_warnings), StringComparison.Ordinal);

        string Look()
        {
            bench.Batch.Clear();
            bench.Batch.AddOrigin(Bench.Origin);
            return string.Concat(bench.Add("""{"ip":"81.2.69.160"}""", """{"ip":"1.128.0.0"}""", """{"ip":"10.0.0.1"}""").Run(new CloudPump.Parsers.Json().Build(bench.Context), geoip).Events);
        }
    }

    [Fact]
    public async Task A_table_is_shared_by_instances_and_old_and_surplus_entries_go()
    {
        var tables = new MemoryTables();
        await using var first = await TableAsync(tables);
        await using var second = await TableAsync(tables);
        var edit = new LookupEdit(first.Find("t")!, _clock);
        for (var i = 0; i < 30; i++)
        {
            edit.Set(System.Text.Encoding.UTF8.GetBytes($"k{i:D2}"), CloudPump.Events.FieldKind.String, "v"u8, _clock.GetUtcNow().UtcTicks + i);
        }

        await tables.SetAsync(edit.Take(), TestContext.Current.CancellationToken);
        await second.RefreshNowAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("v", null), (Find(second.Find("t")!, "k29"), Find(second.Find("t")!, "k00")));
        Assert.Equal(30, tables.Count("lookup/t"));

        // An instance that starts later keeps 20 of them, and after a week none.
        await using var third = await TableAsync(tables);
        Assert.InRange(tables.Count("lookup/t"), 15, 20);
        _clock.Advance(TimeSpan.FromDays(8));
        await using var fourth = await TableAsync(tables);
        Assert.Equal(0, tables.Count("lookup/t"));
        await fourth.RefreshNowAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, tables.Count("lookup-log/t"));
    }

    private static string? Find(CloudPump.Lookups.Lookup lookup, string key) => lookup.TryFind(System.Text.Encoding.UTF8.GetBytes(key), 0, out var entry) ? System.Text.Encoding.UTF8.GetString(entry.Value) : null;

    private async Task<LookupHost> TableAsync(MemoryTables tables)
    {
        var definition = new TableLookup { MaxEntries = 20, Ttl = TimeSpan.FromDays(7) };
        definition.Options.Key = ["k"];
        var set = new CloudPump.Lookups.LookupSet();
        set.Add("t", definition);
        var host = new LookupHost(set, ["t"], new LookupHostOptions { Time = _clock, Tables = tables });
        await host.OpenAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private async Task<LookupHost> OpenAsync(string csv)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "a.csv"), csv, TestContext.Current.CancellationToken);
        var definition = new CsvLookup { Path = "a.csv" };
        (definition.Options.Key, definition.Options.Value) = (["k"], "v");
        var set = new CloudPump.Lookups.LookupSet { Folder = _folder.FullName };
        set.Add("a", definition);
        var host = new LookupHost(set, ["a"], new LookupHostOptions { Time = _clock, Warn = _warnings.Add });
        await host.OpenAsync(TestContext.Current.CancellationToken);
        return host;
    }
}
