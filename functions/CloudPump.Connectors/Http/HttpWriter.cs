using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Connectors.Http;

/// <summary>
/// The running HTTP sink. A batch goes out in one or more requests before it counts as taken. When a request fails, it remembers how much of the batch the server
/// has: the host comes again with the same batch, and only the rest is sent.
/// </summary>
internal sealed class HttpWriter(HttpSender sender, string pipeline, int maxEvents, int maxBytes) : ISink
{
    private const int KeyBytes = 16;
    private readonly EventJsonWriter _json = new();
    private readonly ByteBuffer _body = new(64 << 10);
    private (EventId First, int Rows) _unfinished;
    private int _taken;

    public ValueTask OpenAsync(string? committed, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var rows = batch.Rows.Length;
        if (rows == 0)
        {
            return;
        }

        // The rows stay as they are until the batch is taken, so counting them is enough.
        var same = (batch.Id(batch.Rows[0]), rows);
        _taken = _unfinished == same ? _taken : 0;
        _unfinished = same;
        while (_taken < rows)
        {
            var count = Fill(batch, _taken);
            var refusal = await sender.SendAsync(_body.Written.ToArray(), Key(batch.Id(batch.Rows[_taken]), count), cancellationToken);
            Fail(batch, _taken, refusal is null ? 0 : count, refusal);
            _taken += count;
        }

        (_unfinished, _taken) = (default, 0);
    }

    public ValueTask<string?> FlushAsync(CancellationToken cancellationToken) => new((string?)null);

    public ValueTask DisposeAsync()
    {
        sender.Dispose();
        return ValueTask.CompletedTask;
    }

    // As many events as one request takes, at least one; returns how many.
    private int Fill(EventBatch batch, int first)
    {
        _body.Clear();
        var count = 0;
        foreach (var row in batch.Rows[first..])
        {
            var length = _body.Length;
            _json.Write(_body, batch, row);
            _body.WriteByte((byte)'\n');
            if (count > 0 && _body.Length > maxBytes)
            {
                _body.Truncate(length);
                break;
            }

            if (++count == maxEvents)
            {
                break;
            }
        }

        return count;
    }

    private static void Fail(EventBatch batch, int first, int count, string? refusal)
    {
        foreach (var row in batch.Rows.Slice(first, count))
        {
            batch.Fail(row, string.Create(CultureInfo.InvariantCulture, $"{refusal} to a request with {count} event(s), this one among them."));
        }
    }

    // An id holds paths and other characters that headers do not take, so it is hashed.
    private string Key(in EventId first, int count)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{pipeline}\n{first}\n{count}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, KeyBytes));
    }
}
