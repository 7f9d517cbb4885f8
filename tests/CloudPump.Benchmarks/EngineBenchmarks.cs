using System.Text;
using BenchmarkDotNet.Attributes;
using CloudPump.Analyzers;
using CloudPump.Analyzers.Measures;
using CloudPump.Connectors.Generate;
using CloudPump.Enrichers;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Parsers;
using CloudPump.Pipelines;

namespace CloudPump.Benchmarks;

/// <summary>The steps of the weblogs pipeline one by one; the figures are per event.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    private const int Events = 400;
    private readonly BuildContext _context = new() { Pipeline = "benchmark" };
    private readonly ByteBuffer _output = new(1 << 20);
    private readonly EventJsonWriter _json = new();
    private readonly byte[][] _lines = Lines("weblogs");
    private readonly byte[][] _orders = Lines("orders");
    private EventBatch _input = null!;
    private EventBatch _parsed = null!;
    private IProcessor _accessLog = null!;
    private IProcessor _jsonParser = null!;
    private IProcessor _geoip = null!;
    private AnalyzerStep _window = null!;
    private Condition _condition = null!;

    /// <summary>Builds the steps and a batch of parsed events.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _accessLog = new AccessLog().Build(_context);
        _jsonParser = new Json().Build(_context);
        _geoip = new Geoip { Field = "client_ip" }.Build(_context);
        _condition = Expression.Parse("status >= 500").CompileCondition(_context.Fields);
        _window = new TimeWindow
        {
            Name = "traffic",
            Size = TimeSpan.FromMinutes(1),
            By = ["path"],
            Measures = { { "hits", MeasureCall.Parse("count()") }, { "bytes", MeasureCall.Parse("sum(bytes)") } },
        }.BuildStep(_context);
        _window.AddPartition(AnalyzerStep.NoTime);
        _input = new EventBatch(_context.Fields);
        _parsed = new EventBatch(_context.Fields);
        Fill(_parsed, _lines);
        _accessLog.Process(_parsed);
    }

    /// <summary>parse: access_log, the filling of the batch included.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public int ParseAccessLog()
    {
        Fill(_input, _lines);
        _accessLog.Process(_input);
        return _input.Failures.Count;
    }

    /// <summary>parse: json, the filling of the batch included.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public int ParseJson()
    {
        Fill(_input, _orders);
        _jsonParser.Process(_input);
        return _input.Failures.Count;
    }

    /// <summary>geoip with addresses that come again; the batch is filled and parsed as well.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public int ParseAccessLogAndGeoip()
    {
        Fill(_input, _lines);
        _accessLog.Process(_input);
        _geoip.Process(_input);
        return _input.FieldCount(0);
    }

    /// <summary>time_window with one dimension and two measures.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public long AddToWindow()
    {
        _window.Process(_parsed);
        return _window.TakeLate();
    }

    /// <summary>Events as NDJSON.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public int WriteNdjson()
    {
        _output.Clear();
        foreach (var row in _parsed.Rows)
        {
            _json.Write(_output, _parsed, row);
            _output.WriteByte((byte)'\n');
        }

        return _output.Length;
    }

    /// <summary>status >= 500.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public int TestCondition()
    {
        var count = 0;
        foreach (var row in _parsed.Rows)
        {
            count += _condition.Test(_parsed, row, out _) ? 1 : 0;
        }

        return count;
    }

    private static byte[][] Lines(string name)
    {
        var generator = SampleGenerators.Create(name, 1);
        var start = new DateTimeOffset(2026, 10, 10, 12, 0, 0, TimeSpan.Zero);
        var buffer = new ByteBuffer();
        return [.. Enumerable.Range(0, Events).Select(i =>
        {
            buffer.Clear();
            generator.Write(i, start, buffer);
            return buffer.Written.ToArray();
        })];
    }

    private static void Fill(EventBatch batch, byte[][] lines)
    {
        batch.Clear();
        foreach (var line in lines)
        {
            batch.Add(new EventHeader { RawOffset = batch.Append(line), RawLength = line.Length });
        }
    }
}
