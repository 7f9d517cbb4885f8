using System.Buffers.Text;

namespace CloudPump.Lookups.Mmdb;

/// <summary>Finds one value inside a record by a dotted path such as <c>country.iso_code</c> or <c>subdivisions.0.iso_code</c>.</summary>
internal static class MmdbPath
{
    public static bool TryFind(MmdbData data, int offset, ReadOnlySpan<byte> path, out MmdbValue value)
    {
        value = data.ReadTarget(offset);
        while (!path.IsEmpty)
        {
            var dot = path.IndexOf((byte)'.');
            var segment = dot < 0 ? path : path[..dot];
            path = dot < 0 ? default : path[(dot + 1)..];
            if (!TryEnter(data, value, segment, out var child))
            {
                return false;
            }

            value = data.ReadTarget(child);
        }

        return true;
    }

    private static bool TryEnter(MmdbData data, in MmdbValue container, ReadOnlySpan<byte> segment, out int child) => container.Type switch
    {
        MmdbType.Map => TryEnterMap(data, container, segment, out child),
        MmdbType.Array => TryEnterArray(data, container, segment, out child),
        _ => (child = -1) >= 0,
    };

    private static bool TryEnterMap(MmdbData data, in MmdbValue map, ReadOnlySpan<byte> name, out int child)
    {
        child = map.Payload;
        for (var i = 0; i < map.Size; i++)
        {
            var key = data.ReadKey(child, out child);
            if (key.SequenceEqual(name))
            {
                return true;
            }

            child = data.Skip(child);
        }

        return false;
    }

    private static bool TryEnterArray(MmdbData data, in MmdbValue array, ReadOnlySpan<byte> index, out int child)
    {
        child = array.Payload;
        if (!Utf8Parser.TryParse(index, out int number, out var used) || used != index.Length || (uint)number >= (uint)array.Size)
        {
            return false;
        }

        for (var i = 0; i < number; i++)
        {
            child = data.Skip(child);
        }

        return true;
    }
}
