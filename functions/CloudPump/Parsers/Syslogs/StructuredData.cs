using System.Buffers;
using System.Text.Unicode;
using CloudPump.Events;

namespace CloudPump.Parsers.Syslogs;

/// <summary>
/// Structured data (RFC 5424, 6.3) as JSON: an object of one object per element. A name that stands twice in an element gets the list of its values; an id that stands twice
/// is a mistake, as the RFC says.
/// </summary>
internal sealed class StructuredData
{
    /// <summary>How many elements and parameters a message may have: finding the repeated ones takes time by the square of it.</summary>
    public const int Most = 1_000;

    private const int LongestName = 32;
    private static readonly SearchValues<byte> NameEnds = SearchValues.Create("=]\" "u8);
    private readonly (int Offset, int Length)[] _ids = new (int, int)[Most];
    private readonly StructuredParameters _parameters = new();
    private readonly ByteBuffer _json = new(256);
    private int _elements;

    /// <summary>What was read last.</summary>
    public ReadOnlySpan<byte> Json => _json.Written;

    /// <summary>Reads one element or more; returns what is wrong, or null.</summary>
    public string? Read(ref SyslogCursor cursor)
    {
        _json.Clear();
        _parameters.Clear();
        _elements = 0;
        var text = cursor.Rest;
        var start = cursor.Position;
        if (cursor.Peek != '[')
        {
            return $"Structured data in brackets, or -, was expected at byte {start}.";
        }

        _json.WriteByte((byte)'{');
        while (cursor.TryTake('['))
        {
            if (Element(ref cursor, text, start) is { } error)
            {
                return error;
            }
        }

        _json.WriteByte((byte)'}');
        return null;
    }

    private string? Element(ref SyslogCursor cursor, ReadOnlySpan<byte> text, int start)
    {
        var id = cursor.Position - start;
        if (!TryName(ref cursor, out var length) || _elements == Most)
        {
            return _elements == Most ? TooMany(cursor.Position) : $"An id of 1 to {LongestName} printable characters was expected at byte {cursor.Position}.";
        }

        if (IsKnown(text, id, length))
        {
            return $"The id of the structured data at byte {start + id} stands there for the second time.";
        }

        _ids[_elements++] = (id, length);
        _parameters.Begin();
        while (cursor.TryTake(' '))
        {
            if (Parameter(ref cursor, start) is { } error)
            {
                return error;
            }
        }

        if (!cursor.TryTake(']'))
        {
            return $"A space or a closing bracket was expected at byte {cursor.Position}.";
        }

        if (_elements > 1)
        {
            _json.WriteByte((byte)',');
        }

        JsonText.WriteString(_json, text.Slice(id, length));
        _json.WriteByte((byte)':');
        _parameters.Write(text, _json);
        return null;
    }

    private string? Parameter(ref SyslogCursor cursor, int start)
    {
        var name = cursor.Position - start;
        if (!TryName(ref cursor, out var nameLength) || !cursor.TryTake('=') || !cursor.TryTake('"'))
        {
            return $"A parameter of the form name=\"value\" was expected at byte {start + name}.";
        }

        var value = cursor.Position - start;
        var rest = cursor.Rest;
        var length = ValueLength(rest);
        if (length < 0 || !Utf8.IsValid(rest[..length]))
        {
            return $"The value at byte {cursor.Position} has no closing quote, a bracket without a backslash, or bytes that are not UTF-8.";
        }

        cursor.Skip(length + 1);
        return _parameters.TryAdd(name, nameLength, value, length) ? null : TooMany(cursor.Position);
    }

    private static int ValueLength(ReadOnlySpan<byte> text)
    {
        for (var at = 0; ; at += 2)
        {
            var next = at <= text.Length ? text[at..].IndexOfAny("\"\\]"u8) : -1;
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (text[at] != '\\')
            {
                return text[at] == '"' ? at : -1;
            }
        }
    }

    private static bool TryName(ref SyslogCursor cursor, out int length)
    {
        var rest = cursor.Rest;
        length = rest.IndexOfAny(NameEnds);
        if (length is < 1 or > LongestName || rest[..length].IndexOfAnyExceptInRange((byte)'!', (byte)'~') >= 0)
        {
            return false;
        }

        cursor.Skip(length);
        return true;
    }

    private bool IsKnown(ReadOnlySpan<byte> text, int offset, int length)
    {
        foreach (var id in _ids.AsSpan(0, _elements))
        {
            if (id.Length == length && text.Slice(id.Offset, length).SequenceEqual(text.Slice(offset, length)))
            {
                return true;
            }
        }

        return false;
    }

    private static string TooMany(int position) => $"Before byte {position} there are more than {Most} elements or parameters of structured data.";
}
