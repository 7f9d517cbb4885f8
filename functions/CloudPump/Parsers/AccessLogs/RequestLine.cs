using CloudPump.Events;

namespace CloudPump.Parsers.AccessLogs;

/// <summary>Takes the first line of a request apart: method, path (which may hold spaces) and protocol.</summary>
internal static class RequestLine
{
    /// <summary>Sets the fields; a text without a space is no request line (a scan, a broken TLS handshake) and is kept whole under its own name.</summary>
    public static void Set(EventBatch batch, int row, AccessLogFields fields, TextPart request)
    {
        var text = batch.Bytes(request.Offset, request.Length);
        var first = text.IndexOf((byte)' ');
        var last = text.LastIndexOf((byte)' ');
        if (first < 0)
        {
            LogValues.SetText(batch, row, fields.Request, request);
            return;
        }

        var length = text.Length;
        LogValues.SetText(batch, row, fields.Method, request.Part(0, first));
        LogValues.SetText(batch, row, fields.Path, request.Part(first + 1, last == first ? length : last));
        LogValues.SetText(batch, row, fields.Protocol, last == first ? default : request.Part(last + 1, length));
    }
}
