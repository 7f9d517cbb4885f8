using System.Text;
using CloudPump.Connectors.Elasticsearch;

namespace CloudPump.Tests.Elasticsearch;

/// <summary>A host's own transport, which takes everything.</summary>
internal sealed class TakingTransport : IBulkTransport, IBulkTransportFactory, IServiceProvider
{
    private readonly Dictionary<int, byte[]> _answers = [];

    public int Sent { get; private set; }

    public bool IsDisposed { get; private set; }

    public ValueTask<BulkAnswer> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Sent++;
        var count = body.Span.Count((byte)'\n') / 2;
        if (!_answers.TryGetValue(count, out var answer))
        {
            var items = Enumerable.Repeat("{\"create\":{\"status\":201}}", count);
            _answers[count] = answer = Encoding.UTF8.GetBytes($"{{\"errors\":false,\"items\":[{string.Join(',', items)}]}}");
        }

        return new(new BulkAnswer(200, answer));
    }

    public IBulkTransport Create(ElasticsearchConnection connection, TimeProvider time) => this;

    public object? GetService(Type serviceType) => serviceType == typeof(IBulkTransportFactory) ? this : null;

    public void Dispose() => IsDisposed = true;
}
