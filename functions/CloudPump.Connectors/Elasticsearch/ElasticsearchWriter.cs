using System.Globalization;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Connectors.Elasticsearch;

/// <summary>
/// The running Elasticsearch sink. A batch goes out in one or more requests before it counts as taken. The HTTP status of an answer says nothing about the
/// documents: each has its own result, and only those that may still pass are sent again.
/// </summary>
internal sealed class ElasticsearchWriter(IBulkTransport transport, BulkBody body, ElasticsearchSink sink, string place, TimeProvider time) : ISink
{
    private readonly OpenRows _open = new();
    private readonly Backoff _backoff = new(time);
    private readonly List<BulkItem> _items = [];
    private int _maxBytes = (int)sink.MaxBytes.Bytes;
    private string _problem = "";

    public ValueTask OpenAsync(string? committed, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Rows.Length == 0)
        {
            return;
        }

        _open.Begin(batch);
        _backoff.Reset();
        var most = sink.MaxEvents;
        while (Fill(batch, most) is var count && _open.Count > 0)
        {
            var answer = await transport.SendAsync(body.Memory, cancellationToken);
            var again = Take(batch, count, answer);
            if (again == 0)
            {
                _backoff.Reset();
                most = sink.MaxEvents;
                continue;
            }

            if (!_backoff.MayTryAgain(moved: again < count))
            {
                throw new HttpRequestException($"{place} {_problem}{Backoff.After}.");
            }

            // Who is busy gets no new documents on top.
            most = again;
            await _backoff.WaitAsync(answer.RetryAfter, cancellationToken);
        }

        _open.End();
    }

    public ValueTask<string?> FlushAsync(CancellationToken cancellationToken) => new((string?)null);

    public ValueTask DisposeAsync()
    {
        transport.Dispose();
        return ValueTask.CompletedTask;
    }

    // As many events as one request takes, at least one if there is any; returns how many.
    private int Fill(EventBatch batch, int most)
    {
        body.Clear();
        var count = 0;
        while (count < most && count < _open.Count)
        {
            var length = body.Length;
            if (!body.TryAdd(batch, _open.Rows[count]))
            {
                _open.Drop(count);
            }
            else if (count > 0 && body.Length > _maxBytes)
            {
                body.Truncate(length);
                break;
            }
            else
            {
                count++;
            }
        }

        return count;
    }

    // How many of the request's documents are to be sent again after a pause.
    private int Take(EventBatch batch, int count, in BulkAnswer answer)
    {
        switch (answer.Status)
        {
            case >= 200 and < 300 when BulkItems.TryRead(answer.Body.Span, count, sink.Op == BulkOperation.Create, _items):
                return Settle(batch, count);
            case >= 200 and < 300:
                _problem = string.Create(CultureInfo.InvariantCulture, $"answered {answer.Status}, but not with the results of {count} document(s)");
                return count;
            case 413:
                TakeLess(batch, count);
                return 0;
            default:
                _problem = BulkProblem.Of(answer);
                return answer.MayPass ? count : throw new HttpRequestException($"{place} {_problem}{BulkProblem.Advice(answer.Status)}.");
        }
    }

    private int Settle(EventBatch batch, int count)
    {
        var open = _open.Settle(batch, _items);
        if (_items.Find(i => i.IsForbidden) is { IsForbidden: true, Status: var status })
        {
            // A key without rights on an index is mended, and then all of its documents pass: they must not become dead letters.
            throw new HttpRequestException(
                string.Create(CultureInfo.InvariantCulture, $"{place} refuses {_items.Count(i => i.IsForbidden)} of {count} document(s) with {status}{BulkProblem.Advice(status)}."));
        }

        if (open > 0)
        {
            _problem = string.Create(CultureInfo.InvariantCulture, $"puts off {open} of {count} document(s) with {_items.Find(i => i.MayPass).Status}");
        }

        return open;
    }

    // The limit is the server's or a proxy's in between, and nobody tells it; it is remembered, so that it is met once and not in every batch.
    private void TakeLess(EventBatch batch, int count)
    {
        if (count > 1)
        {
            _maxBytes = Math.Max(body.Length / 2, 1);
            return;
        }

        batch.Fail(_open.Rows[0], string.Create(CultureInfo.InvariantCulture, $"The document is larger than {place} takes: with its action it has {body.Length} bytes."));
        _open.Drop(0);
    }
}
