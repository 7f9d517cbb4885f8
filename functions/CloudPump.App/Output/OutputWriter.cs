using System.Globalization;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;

namespace CloudPump.App.Output;

/// <summary>The running output sink.</summary>
internal sealed class OutputWriter(string path, IBlobs blobs) : ISink
{
    private readonly EventJsonWriter _json = new();
    private readonly ByteBuffer _body = new(64 << 10);

    public ValueTask OpenAsync(string? committed, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        _body.Clear();
        foreach (var row in batch.Rows)
        {
            _json.Write(_body, batch, row);
            _body.WriteByte((byte)'\n');
        }

        await blobs.PutAsync(BlobContainers.Output, NameOf(batch), _body.Written.ToArray(), cancellationToken);
    }

    public ValueTask<string?> FlushAsync(CancellationToken cancellationToken) => new((string?)null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // First and last position both: batches that overlap after a new cut must not replace each other.
    private string NameOf(EventBatch batch)
    {
        var (first, last) = (batch.Header(batch.Rows[0]), batch.Header(batch.Rows[^1]));
        var way = batch.Hops[first.Hop].Path;
        if (first.Hop != last.Hop)
        {
            way += "+" + batch.Hops[last.Hop].Path;
        }

        var folder = path.TrimStart('.', '/');
        return string.Create(CultureInfo.InvariantCulture, $"{folder}/{StableHash.Of(System.Text.Encoding.UTF8.GetBytes(way)):x16}/{first.Position:D20}-{last.Position:D20}-{batch.Rows.Length}.ndjson");
    }
}
