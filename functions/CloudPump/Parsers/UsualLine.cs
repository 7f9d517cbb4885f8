using CloudPump.Events;

namespace CloudPump.Parsers;

/// <summary>
/// The short way through the lines that make up nearly all of an access log: combined format, plain ASCII, no escapes, a request of three words. Whatever
/// differs is left to <see cref="AccessLogParser"/>, which gives the same fields for these lines too (a test compares the two).
/// </summary>
internal sealed class UsualLine(AccessLogFields fields)
{
    private const int TimeLength = 26;
    private readonly LogTime _time = new();
    private readonly int[] _quotes = new int[QuoteScan.Most];

    /// <summary>Sets the fields of a usual line; false leaves the event as it was.</summary>
    public bool TryParse(ReadOnlySpan<byte> line, EventBatch batch, int row)
    {
        if (batch.FieldCount(row) > 0 || !QuoteScan.TryFind(line, _quotes))
        {
            return false;
        }

        var writer = batch.BeginRow(row);
        var start = batch.Header(row).RawOffset;
        if (!TryHead(line[.._quotes[0]], start, ref writer)
            || !TryRequest(line[(_quotes[0] + 1).._quotes[1]], start + _quotes[0] + 1, ref writer)
            || !TryNumbers(line[(_quotes[1] + 1).._quotes[2]], start + _quotes[1] + 1, ref writer)
            || _quotes[4] != _quotes[3] + 2 || line[_quotes[3] + 1] != ' ' || _quotes[5] != line.Length - 1)
        {
            return false;
        }

        writer.AddPlain(fields.Referrer, line[(_quotes[2] + 1).._quotes[3]], start + _quotes[2] + 1);
        writer.AddPlain(fields.UserAgent, line[(_quotes[4] + 1).._quotes[5]], start + _quotes[4] + 1);
        batch.EndRow(row, writer);
        return true;
    }

    // client ident user [time], up to the space before the request
    private bool TryHead(ReadOnlySpan<byte> head, int start, ref RowWriter writer)
    {
        var bracket = head.Length - TimeLength - 3;
        var client = head.IndexOf((byte)' ');
        if (client <= 0 || bracket < client + 5 || head[bracket] != '[' || head[^2] != ']' || head[^1] != ' ' || head[bracket - 1] != ' ')
        {
            return false;
        }

        var names = head[(client + 1)..(bracket - 1)];
        var ident = names.IndexOf((byte)' ');
        if (ident <= 0 || ident == names.Length - 1 || names[(ident + 1)..].Contains((byte)' ') || head[..bracket].Contains((byte)'[')
            || !_time.TryParse(head.Slice(bracket + 1, TimeLength), out var ticks))
        {
            return false;
        }

        writer.AddPlain(fields.ClientIp, head[..client], start);
        writer.AddPlain(fields.Ident, names[..ident], start + client + 1);
        writer.AddPlain(fields.User, names[(ident + 1)..], start + client + ident + 2);
        writer.Add(fields.Timestamp).Set(FieldKind.Timestamp, ticks);
        return true;
    }

    private bool TryRequest(ReadOnlySpan<byte> request, int start, ref RowWriter writer)
    {
        // "GET /a HTTP/1.1": the protocol's eight letters are looked at instead of searching for the last space.
        var last = request.Length - 9;
        var first = request.IndexOf((byte)' ');
        if (first <= 0 || last <= first || request[last] != ' ' || !request[(last + 1)..].StartsWith("HTTP/"u8) || request[^1] == ' ' || request[^2] == ' ' || request[^3] == ' ')
        {
            return false;
        }

        writer.AddPlain(fields.Method, request[..first], start);
        writer.AddPlain(fields.Path, request[(first + 1)..last], start + first + 1);
        writer.AddPlain(fields.Protocol, request[(last + 1)..], start + last + 1);
        return true;
    }

    // " 200 1234 " between the request and the referrer
    private bool TryNumbers(ReadOnlySpan<byte> numbers, int start, ref RowWriter writer)
    {
        if (numbers.Length < 7 || numbers[0] != ' ' || numbers[4] != ' ' || numbers[^1] != ' '
            || !TryNumber(numbers.Slice(1, 3), out var status) || numbers[1] == '0')
        {
            return false;
        }

        writer.Add(fields.Status).SetNumber(FieldKind.Int64, status, start + 1, 3);
        var text = numbers[5..^1];
        if (text.Length == 1 && text[0] == '-')
        {
            return true;
        }

        if (!TryNumber(text, out var bytes) || (text.Length > 1 && text[0] == '0'))
        {
            return false;
        }

        writer.Add(fields.Bytes).SetNumber(FieldKind.Int64, bytes, start + 5, text.Length);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        foreach (var b in text)
        {
            var digit = (uint)(b - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return text.Length is > 0 and <= 18;
    }
}
