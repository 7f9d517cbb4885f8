using System.Text;

namespace CloudPump.Events;

/// <summary>
/// The names of a pipeline's fields as small integers. Names known when the pipeline is built come first; a parser may add those it meets.
/// One table belongs to one running pipeline and is used by one thread at a time.
/// </summary>
public sealed class FieldTable
{
    /// <summary>How many different names one pipeline can meet; an event beyond that is a dead letter.</summary>
    public const int MaxNames = 32_768;

    /// <summary>How many bytes can be read beyond a JSON prefix, so that it can be copied in one piece.</summary>
    internal const int Slack = 32;

    private readonly Dictionary<byte[], ushort> _ids = new(BytesComparer.Instance);
    private readonly List<string> _names = [];
    private readonly List<byte[]> _jsonPrefixes = [];
    private readonly List<int> _prefixLengths = [];
    private readonly List<byte[]> _utf8 = [];
    private readonly Dictionary<byte[], ushort>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    /// <summary>Makes an empty table.</summary>
    public FieldTable() => _lookup = _ids.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>How many names there are.</summary>
    public int Count => _names.Count;

    /// <summary>The id of a name known when the pipeline is built.</summary>
    public ushort Id(string name) =>
        TryAdd(Encoding.UTF8.GetBytes(name), out var id) ? id : throw new InvalidOperationException($"A pipeline can have at most {MaxNames} field names.");

    /// <summary>The id of a name, added when it is new; false when the table is full.</summary>
    public bool TryAdd(ReadOnlySpan<byte> utf8Name, out ushort id)
    {
        if (_lookup.TryGetValue(utf8Name, out id))
        {
            return true;
        }

        if (_names.Count >= MaxNames)
        {
            return false;
        }

        id = (ushort)_names.Count;
        var key = utf8Name.ToArray();
        _ids.Add(key, id);
        _utf8.Add(key);
        _names.Add(Encoding.UTF8.GetString(key));
        AddPrefix(key);
        return true;
    }

    /// <summary>The id of a name, if the table has it.</summary>
    public bool TryGet(ReadOnlySpan<byte> utf8Name, out ushort id) => _lookup.TryGetValue(utf8Name, out id);

    /// <summary>The name of an id.</summary>
    public string Name(ushort id) => _names[id];

    /// <summary>The name of an id as UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8Name(ushort id) => _utf8[id];

    /// <summary>The name as it stands in JSON: quoted, escaped, with the colon. The memory behind it goes on for <see cref="Slack"/> bytes.</summary>
    public ReadOnlySpan<byte> JsonPrefix(ushort id) => _jsonPrefixes[id].AsSpan(0, _prefixLengths[id]);

    private void AddPrefix(byte[] name)
    {
        var buffer = new ByteBuffer(name.Length + 16);
        JsonText.WriteString(buffer, name);
        buffer.WriteByte((byte)':');
        _prefixLengths.Add(buffer.Length);
        _jsonPrefixes.Add([.. buffer.Written, .. new byte[Slack]]);
    }
}
