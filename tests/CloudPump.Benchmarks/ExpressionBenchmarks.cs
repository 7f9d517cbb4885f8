using BenchmarkDotNet.Attributes;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Benchmarks;

/// <summary>Conditions over an access log's events of twelve fields; the time is that of one event.</summary>
[MemoryDiagnoser]
public class ExpressionBenchmarks
{
    private const int Rows = 1000;
    private EventBatch _batch = null!;
    private Condition _condition = null!;

    /// <summary>The condition.</summary>
    [Params(
        "status >= 500",
        "!path.startsWith('/health')",
        "geo.country_code == 'US'",
        "status >= 500 && path.startsWith('/api')",
        "status in [500, 502, 503]",
        "tags.exists(t, t == 'vip')",
        "path.matches('^/api/[a-z]+/[0-9]+$')")]
    public string Text { get; set; } = "";

    /// <summary>Fills a batch and compiles the condition.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var fields = new FieldTable();
        _batch = new EventBatch(fields);
        var origin = _batch.AddOrigin(new Origin("weblogs", 0));
        for (var i = 0; i < Rows; i++)
        {
            Fill(_batch.Add(new EventHeader { Origin = origin, Offset = i }), i);
        }

        _condition = Expression.Parse(Text).CompileCondition(fields);
    }

    /// <summary>Tests every event of the batch.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public int Test()
    {
        var count = 0;
        for (var row = 0; row < Rows; row++)
        {
            count += _condition.Test(_batch, row, out _) ? 1 : 0;
        }

        return count;
    }

    private void Fill(int row, int i)
    {
        var fields = _batch.Fields;
        foreach (var name in (string[])["client_ip", "ident", "user", "protocol", "referer", "agent"])
        {
            _batch.SetString(row, fields.Id(name), "203.0.113.7"u8);
        }

        _batch.SetString(row, fields.Id("method"), "GET"u8);
        _batch.SetString(row, fields.Id("path"), i % 10 == 0 ? "/health/x"u8 : "/api/items/42"u8);
        _batch.SetInt64(row, fields.Id("status"), i % 7 == 0 ? 500 : 200);
        _batch.SetInt64(row, fields.Id("bytes"), i * 10);
        _batch.SetText(row, fields.Id("geo"), FieldKind.Object, "{\"country_code\":\"US\",\"city\":\"Prague\"}"u8);
        _batch.SetText(row, fields.Id("tags"), FieldKind.List, "[\"a\",\"b\",\"vip\"]"u8);
    }
}
