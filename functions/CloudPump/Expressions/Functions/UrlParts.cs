using System.Buffers;
using System.Buffers.Text;

namespace CloudPump.Expressions;

/// <summary>
/// The parts of a URL, or of a reference without scheme and host such as `/path?query` (RFC 3986), as ranges of the text. What is not there has no range.
/// </summary>
internal ref struct UrlParts
{
    // Spaces and controls stand in no URL; the others are tolerated as browsers send them.
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create([.. Enumerable.Range(0, 33).Select(i => (byte)i), 127]);
    private static readonly SearchValues<byte> SchemeEnd = SearchValues.Create(":/?#"u8);
    private static readonly SearchValues<byte> AuthorityEnd = SearchValues.Create("/?#"u8);

    private readonly ReadOnlySpan<byte> _text;

    private UrlParts(ReadOnlySpan<byte> text) => _text = text;

    public Range? Scheme { get; private set; }

    /// <summary>The name before the password.</summary>
    public Range? User { get; private set; }

    /// <summary>Without the brackets of an IPv6 address.</summary>
    public Range? Host { get; private set; }

    public int? Port { get; private set; }

    public Range Path { get; private set; }

    public Range? Query { get; private set; }

    public Range? Fragment { get; private set; }

    /// <summary>Takes a URL apart; false when the text is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out UrlParts parts)
    {
        parts = new UrlParts(text);
        return !text.IsEmpty && text.IndexOfAny(Forbidden) < 0 && parts.TryRead();
    }

    private bool TryRead()
    {
        var at = 0;
        var colon = _text.IndexOfAny(SchemeEnd);
        if (colon > 0 && _text[colon] == ':' && IsScheme(_text[..colon]))
        {
            Scheme = ..colon;
            at = colon + 1;
        }
        else if (colon >= 0 && _text[colon] == ':')
        {
            // host:8080/path has no scheme, and cannot be told from one.
            return false;
        }

        if (_text[at..].StartsWith("//"u8))
        {
            var length = _text[(at + 2)..].IndexOfAny(AuthorityEnd);
            var end = length < 0 ? _text.Length : at + 2 + length;
            if (!TryAuthority(at + 2, end))
            {
                return false;
            }

            at = end;
        }

        ReadRest(at);
        return true;
    }

    private void ReadRest(int at)
    {
        var end = _text.Length;
        var hash = _text[at..].IndexOf((byte)'#');
        if (hash >= 0)
        {
            Fragment = (at + hash + 1)..end;
            end = at + hash;
        }

        var question = _text[at..end].IndexOf((byte)'?');
        if (question >= 0)
        {
            Query = (at + question + 1)..end;
            end = at + question;
        }

        Path = at..end;
    }

    private bool TryAuthority(int at, int end)
    {
        var userEnd = _text[at..end].LastIndexOf((byte)'@');
        if (userEnd >= 0)
        {
            var password = _text.Slice(at, userEnd).IndexOf((byte)':');
            User = at..(at + (password < 0 ? userEnd : password));
            at += userEnd + 1;
        }

        return at < end && _text[at] == '[' ? TryBracketed(at, end) : TryHost(at, end);
    }

    private bool TryBracketed(int at, int end)
    {
        var close = _text[at..end].IndexOf((byte)']');
        if (close < 0 || !IpNetwork.TryReadAddress(_text[(at + 1)..(at + close)], out _, out _))
        {
            return false;
        }

        Host = (at + 1)..(at + close);
        var rest = at + close + 1;
        return rest == end || (_text[rest] == ':' && TryPort(rest + 1, end));
    }

    private bool TryHost(int at, int end)
    {
        var colon = _text[at..end].IndexOf((byte)':');
        var hostEnd = colon < 0 ? end : at + colon;
        Host = at..hostEnd;

        // file:///etc/hosts has a host that is empty; a port belongs to one that is not.
        return (hostEnd > at || (colon < 0 && User is null)) && _text[at..hostEnd].IndexOfAny((byte)'[', (byte)']') < 0
            && (colon < 0 || TryPort(hostEnd + 1, end));
    }

    private bool TryPort(int at, int end)
    {
        var digits = _text[at..end];
        if (digits.IsEmpty)
        {
            return true;
        }

        Port = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && Utf8Parser.TryParse(digits, out int port, out _) ? port : null;
        return Port is <= 65_535;
    }

    private static bool IsScheme(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'+' or (byte)'-' or (byte)'.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter((char)text[0]);
    }
}
