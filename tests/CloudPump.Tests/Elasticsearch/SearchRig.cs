using System.Text;
using CloudPump.Connectors.Elasticsearch;
using CloudPump.Connectors.Http;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Pipelines;
using CloudPump.Tests.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CloudPump.Tests.Elasticsearch;

/// <summary>The sink against the stand-in over a real socket.</summary>
internal sealed class SearchRig : IAsyncDisposable
{
    public const string Key = "c2VjcmV0LWtleQ==";

    // With the real packages the same tests run over the transport of the vendor's client.
#if AZURE_SDK_REAL
    private static readonly IServiceProvider Transport = new ServiceCollection().AddSingleton<IBulkTransportFactory, CloudPump.App.Elasticsearch.ElasticBulkTransportFactory>().BuildServiceProvider();
#else
    private static readonly IServiceProvider Transport = new ServiceCollection().BuildServiceProvider();
#endif

    public SearchRig(string below = "") => Server = new StrictServer(Elastic, below);

    public StrictElasticsearch Elastic { get; } = new() { Authorization = "ApiKey " + Key };

    public StrictServer Server { get; }

    public JumpingTime Time { get; } = new();

    public FieldTable Fields { get; private set; } = new();

    public IEnumerable<string> Ids => Elastic.Indices.Documents.Select(d => d.Id);

    public ISink Sink(ElasticsearchSink? definition = null, ElasticsearchConnection? connection = null, IServiceProvider? services = null, string pipeline = "weblogs")
    {
        // Waits of up to a minute are over at once, so the time for an answer must be longer.
        connection ??= new ElasticsearchConnection { ApiKey = Key };
        connection.Url = HttpAddress.Parse(Server.Address);
        connection.Timeout = TimeSpan.FromHours(1);
        var connections = new ConnectionSet();
        connections.Add("search", "elasticsearch", connection);
        definition ??= new ElasticsearchSink();
        definition.Connection = "search";
        var context = new BuildContext { Pipeline = pipeline, Time = Time, Connections = connections, Services = services ?? Transport };
        Fields = context.Fields;
        return definition.Build(context);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Events with the fields n (from <paramref name="offset"/> on) and text.</summary>
    public EventBatch Batch(int count, int offset = 0, Func<int, string>? text = null) => Batch(Enumerable.Range(offset, count), text);

    public EventBatch Batch(IEnumerable<int> numbers, Func<int, string>? text = null)
    {
        var batch = new EventBatch(Fields);
        batch.AddOrigin(new Origin("test", 0));
        foreach (var i in numbers)
        {
            var row = batch.Add(new EventHeader { RawLength = -1, Offset = i, Received = JumpingTime.Now.UtcTicks });
            batch.SetInt64(row, Fields.Id("n"), i);
            batch.SetString(row, Fields.Id("text"), Encoding.UTF8.GetBytes(text?.Invoke(i) ?? "some text"));
        }

        return batch;
    }

    /// <summary>The documents' field n, in order.</summary>
    public IEnumerable<int> Numbers => Elastic.Indices.Documents.Select(d => (int)d.Source["n"]!).Order();
}
