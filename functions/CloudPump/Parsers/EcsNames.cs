using CloudPump.Events;
using CloudPump.Lookups.Geo;

namespace CloudPump.Parsers;

/// <summary>
/// Renames the fields of an access log to the Elastic Common Schema (ECS 8: source, user, @timestamp, http, url, user_agent).
/// </summary>
internal sealed class EcsNames(FieldTable fields)
{
    private static readonly (string From, string To)[] Map =
    [
        ("client_ip", "source.address"), ("user", "user.name"), ("timestamp", "@timestamp"), ("method", "http.request.method"),
        ("path", "url.original"), ("protocol", "http.version"), ("status", "http.response.status_code"), ("bytes", "http.response.body.bytes"),
        ("referrer", "http.request.referrer"), ("user_agent", "user_agent.original"),
    ];

    private readonly (ushort From, FieldPath To)[] _map = [.. Map.Select(m => (fields.Id(m.From), new FieldPath(m.To, fields)))];
    private readonly FieldPath _sourceIp = new("source.ip", fields);
    private readonly ushort _clientIp = fields.Id("client_ip");
    private readonly ushort _protocol = fields.Id("protocol");
    private readonly ushort _scratch = fields.Id("#ecs");

    public void Rename(EventBatch batch, int row)
    {
        var isAddress = IsAddress(batch, row);
        foreach (var (from, to) in _map)
        {
            if (!batch.Has(row, from))
            {
                continue;
            }

            if (from == _protocol)
            {
                CutProtocol(batch, row);
            }

            if (from == _clientIp && isAddress)
            {
                batch.Put(row, _scratch) = batch.Get(row, from);
                _sourceIp.MoveFrom(batch, row, _scratch);
            }

            // Through a scratch name: user_agent is both an old name and the root of a new one.
            batch.RenameField(row, from, _scratch);
            to.MoveFrom(batch, row, _scratch);
        }
    }

    private bool IsAddress(EventBatch batch, int row)
    {
        var slot = batch.Get(row, _clientIp);
        Span<byte> address = stackalloc byte[16];
        return slot.IsText && AddressParser.TryParse(batch.Text(slot), address, out _);
    }

    private void CutProtocol(EventBatch batch, int row)
    {
        var slot = batch.Get(row, _protocol);
        if (batch.Text(slot).StartsWith("HTTP/"u8))
        {
            batch.Put(row, _protocol).SetText(slot.Kind, slot.Offset + 5, slot.Length - 5);
        }
    }
}
