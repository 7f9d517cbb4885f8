using CloudPump.Events;

namespace CloudPump.Parsers;

/// <summary>The fields of an access log, resolved once for a pipeline.</summary>
internal sealed class AccessLogFields(FieldTable fields)
{
    public ushort ClientIp { get; } = fields.Id("client_ip");

    public ushort Ident { get; } = fields.Id("ident");

    public ushort User { get; } = fields.Id("user");

    public ushort Timestamp { get; } = fields.Id("timestamp");

    public ushort Method { get; } = fields.Id("method");

    public ushort Path { get; } = fields.Id("path");

    public ushort Protocol { get; } = fields.Id("protocol");

    public ushort Request { get; } = fields.Id("request");

    public ushort Status { get; } = fields.Id("status");

    public ushort Bytes { get; } = fields.Id("bytes");

    public ushort Referrer { get; } = fields.Id("referrer");

    public ushort UserAgent { get; } = fields.Id("user_agent");

    public ushort ForwardedFor { get; } = fields.Id("forwarded_for");

    /// <summary>All of them.</summary>
    public ushort[] All => [ClientIp, Ident, User, Timestamp, Method, Path, Protocol, Request, Status, Bytes, Referrer, UserAgent, ForwardedFor];
}
