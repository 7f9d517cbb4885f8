using CloudPump.Cli;

namespace CloudPump.Tests.Cli;

public sealed class LookupCommandTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Events_are_enriched_from_files_also_with_composite_keys_networks_and_ranges()
    {
        _cli.File("cells.csv", "plmn,cell,site,lat\n26201,7,Bonn,50.7\n26202,7,Kiel,54.3\n");
        _cli.File("nets.ndjson", """{"net":"10.0.0.0/8","zone":"inside"}""" + "\n" + """{"net":"10.9.0.0/16","zone":"lab"}""" + "\n");
        _cli.File("bands.csv", "from,to,band\n0,99,low\n100,999,high\n");
        _cli.File("codes.json", """{"1": "one", "2": {"text": "two"}}""");
        _cli.File("lookups.yaml", """
            cells: {csv: {path: cells.csv, key: [plmn, cell], key_types: {cell: int}}}
            zones: {json: {path: nets.ndjson, key: net, match: cidr, value: zone}}
            bands: {csv: {path: bands.csv, key: [from, to], match: range, value: band}}
            codes: {json: {path: codes.json, key: code}}
            """);
        var pipeline = _cli.File("p.yaml", """
            pipeline: p
            processors:
              - parse: json
              - lookup: {name: cells, key: [net, cell], target: where.cell}
              - lookup: {name: zones, key: [ip], target: zone, missing: 'null'}
              - set: {band: "lookup('bands', n, 'none')", text: "lookup('codes', '2').text"}
            sink: {'null': {}}
            """);
        var input = _cli.File("in.ndjson", """{"net":"26202","cell":"007","ip":"10.9.1.1","n":100}""" + "\n" + """{"net":26201,"cell":7.0,"ip":"8.8.8.8","n":5000}""" + "\n");
        Assert.Equal(0, await _cli.RunAsync("run", pipeline, "--input", input, "--output", "-"));
        Assert.Equal(
            ["""{"net":"26202","cell":"007","ip":"10.9.1.1","n":100,"where":{"cell":{"site":"Kiel","lat":"54.3"}},"zone":"lab","band":"high","text":"two"}""",
                """{"net":26201,"cell":7.0,"ip":"8.8.8.8","n":5000,"where":{"cell":{"site":"Bonn","lat":"50.7"}},"zone":null,"band":"none","text":"two"}"""],
            _cli.Bytes.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(0, await _cli.RunAsync("lookup", "list", "--pipelines", _cli.Folder));
        Assert.Equal(["bands\tcsv\t2\tfrom, to", "cells\tcsv\t2\tplmn, cell", "codes\tjson\t2\tcode", "zones\tjson\t2\tnet"], _cli.Lines);
        Assert.Equal(0, await _cli.RunAsync("lookup", "get", "cells", "26202", "7", "--pipelines", _cli.Folder));
        Assert.Equal("""{"site":"Kiel","lat":"54.3"}""", _cli.Lines[^1]);
        Assert.Equal(ExitCode.Wrong, await _cli.RunAsync("lookup", "get", "zones", "11.0.0.1", "--pipelines", _cli.Folder));
        Assert.Equal(ExitCode.Wrong, await _cli.RunAsync("lookup", "set", "cells", "26202", "7", "--value", "1", "--pipelines", _cli.Folder));
        Assert.Contains("only those of the kind table can be set", _cli.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Wrong, await _cli.RunAsync("lookup", "get", "cell", "1", "--pipelines", _cli.Folder));
        Assert.Contains("Did you mean 'cells'?", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_event_of_a_batch_gets_its_own_entry_of_a_large_lookup()
    {
        _cli.File("names.csv", "id,name\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i * 3},n{i * 3}\n")));
        _cli.File("lookups.yaml", "names: {csv: {path: names.csv, key: id, value: name}}");
        var pipeline = _cli.File("p.yaml", """
            pipeline: p
            processors:
              - parse: json
              - filter: "a != 13"
              - lookup: {name: names, key: [a], target: x}
              - map: {field: b, lookup: names, default: none, target: y}
            sink: {'null': {}}
            """);
        var numbers = Enumerable.Range(0, 500).Select(i => (A: i * 7 % 60_001, B: i * 11 % 60_001)).ToList();
        var input = _cli.File("in.ndjson", string.Concat(numbers.Select((n, i) => i % 10 == 9 ? "{\"a\":null}\n" : $"{{\"a\":{n.A},\"b\":{n.B}}}\n")));
        Assert.Equal(0, await _cli.RunAsync("run", pipeline, "--input", input, "--output", "-"));
        var expected = numbers.Select((n, i) => i % 10 == 9 ? "{\"a\":null}" : $"{{\"a\":{n.A},\"b\":{n.B}{(n.A % 3 == 0 ? $",\"x\":\"n{n.A}\"" : "")},\"y\":\"{(n.B % 3 == 0 ? $"n{n.B}" : "none")}\"}}");
        Assert.Equal(expected, _cli.Bytes.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task What_one_pipeline_sets_another_finds_also_in_a_later_run()
    {
        _cli.File("lookups.yaml", "subscribers: {table: {key: imsi}}");
        var learn = _cli.File("learn.yaml", """
            pipeline: learn
            processors:
              - parse: json
              - lookup_set: {name: subscribers, value: cell, when: "has(event.cell)", remove: "cell == 'off'"}
            sink: {'null': {}}
            """);
        var ask = _cli.File("ask.yaml", """
            pipeline: ask
            processors:
              - parse: json
              - lookup: {name: subscribers, target: cell}
            sink: {'null': {}}
            """);
        var data = Path.Combine(_cli.Folder, "data");
        var events = _cli.File("a.ndjson", """{"imsi":1,"cell":"x"}""" + "\n" + """{"imsi":"2","cell":"y"}""" + "\n" + """{"imsi":1,"cell":"z"}""" + "\n" + """{"imsi":2,"cell":"off"}""" + "\n" + """{"imsi":3}""" + "\n");
        Assert.Equal(0, await _cli.RunAsync("run", learn, "--input", events, "--data", data));
        var questions = _cli.File("q.ndjson", """{"imsi":"1"}""" + "\n" + """{"imsi":2}""" + "\n" + """{"imsi":9}""" + "\n");
        Assert.Equal(0, await _cli.RunAsync("run", ask, "--input", questions, "--data", data, "--output", "-"));
        Assert.Equal(["""{"imsi":"1","cell":"z"}""", """{"imsi":2}""", """{"imsi":9}"""], _cli.Bytes.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        string[] where = ["--pipelines", _cli.Folder, "--data", data];
        Assert.Equal(0, await _cli.RunAsync(["lookup", "set", "subscribers", "9", "--value", "{\"a\": 1}", .. where]));
        Assert.Equal(0, await _cli.RunAsync(["lookup", "load", "subscribers", _cli.File("more.csv", "imsi,cell\n5,m\n6,n\n"), .. where]));
        Assert.Equal(0, await _cli.RunAsync(["lookup", "set", "subscribers", "6", "--remove", .. where]));
        Assert.Equal(0, await _cli.RunAsync(["lookup", "export", "subscribers", .. where]));
        Assert.Equal(["""{"key":"1","value":"z"}""", """{"key":"5","value":{"cell":"m"}}""", """{"key":"9","value":{"a": 1}}"""], _cli.Lines.Select(l => l.Replace("{\"a\":1}", "{\"a\": 1}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("- lookup: cell", "There is no lookup 'cell' in lookups.yaml. Did you mean 'cells'?")]
    [InlineData("- set: {a: \"lookup('cell', b)\"}", "There is no lookup 'cell' in lookups.yaml. Did you mean 'cells'?")]
    [InlineData("- lookup: {name: cells, key: [a, b, c]}", "The key of this lookup has 2 part(s): plmn, cell.")]
    [InlineData("- lookup_set: cells", "The lookup has a source of its own; lookup_set needs one of the kind table.")]
    public async Task Mistakes_are_told_with_their_place(string step, string message)
    {
        _cli.File("cells.csv", "plmn,cell\n1,2\n");
        _cli.File("lookups.yaml", "cells: {csv: {path: cells.csv, key: [plmn, cell]}}");
        var pipeline = _cli.File("p.yaml", $"pipeline: p\nsources: [{{stream: s}}]\nprocessors:\n  - parse: json\n  {step}\nsink: {{'null': {{}}}}\n");
        Assert.Equal(ExitCode.Wrong, await _cli.RunAsync("check", pipeline));
        Assert.Contains(message, _cli.Output + _cli.Error, StringComparison.Ordinal);
        Assert.Contains("p.yaml:5:", _cli.Output + _cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: {csv: {path: none.csv, key: a}}", "There is no file 'none.csv'.")]
    [InlineData("a: {csv: {path: a.csv, key: [a, b], match: cidr}}", "A key that is found by cidr has one part.")]
    [InlineData("a: {csv: {path: a.csv, key: [a], match: range}}", "A range has two keys")]
    [InlineData("a: {cvs: {path: a.csv, key: a}}", "There is no kind of lookup 'cvs'. Did you mean 'csv'?")]
    [InlineData("a: {csv: {path: a.csv, key: a, value: b, values: [b]}}", "'value' and 'values' exclude each other.")]
    [InlineData("a: {csv: {path: a.csv, key: a, key_types: {b: int}}}", "'b' is no part of the key.")]
    [InlineData("a: {table: {key: a, match: cidr}}", "finds keys exactly or by prefix")]
    public async Task Wrong_lookups_are_told(string yaml, string message)
    {
        _cli.File("a.csv", "a,b\n1,2\n");
        Assert.Equal(ExitCode.Wrong, await _cli.RunAsync("check", _cli.File("lookups.yaml", yaml)));
        Assert.Contains(message, _cli.Output + _cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net,v\n10.0.0.0/40,x\n", "'10.0.0.0/40', which is no network")]
    [InlineData("net,v\n10.0.0.0/8\n", "at record 2: The record has 1 fields, and there are 2 columns.")]
    [InlineData("v\nx\n", "has no 'net' that could be a key")]
    public async Task A_file_that_cannot_be_a_lookup_fails_the_run_with_its_reason(string csv, string message)
    {
        _cli.File("nets.csv", csv);
        _cli.File("lookups.yaml", "nets: {csv: {path: nets.csv, key: net, match: cidr}}");
        var pipeline = _cli.File("p.yaml", "pipeline: p\nprocessors: [{parse: json}, {lookup: nets}]\nsink: {'null': {}}\n");
        Assert.Equal(ExitCode.Failed, await _cli.RunAsync("run", pipeline, "--input", _cli.File("in", "{}\n")));
        Assert.Contains(message, _cli.Error, StringComparison.Ordinal);
    }
}
