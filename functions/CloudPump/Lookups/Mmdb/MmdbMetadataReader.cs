using System.Text;

namespace CloudPump.Lookups.Mmdb;

/// <summary>Finds and checks the metadata at the end of a database.</summary>
internal static class MmdbMetadataReader
{
    private const int SearchedBytes = 128 * 1024;
    private const int MaxLanguages = 256;

    // The three bytes AB CD EF (no UTF-8, so no u8 literal) and "MaxMind.com".
    private static ReadOnlySpan<byte> Marker => [0xAB, 0xCD, 0xEF, 0x4D, 0x61, 0x78, 0x4D, 0x69, 0x6E, 0x64, 0x2E, 0x63, 0x6F, 0x6D];

    public static MmdbMetadata Read(ReadOnlySpan<byte> file, string path, out int markerOffset)
    {
        var searchStart = Math.Max(0, file.Length - SearchedBytes);
        markerOffset = file[searchStart..].LastIndexOf(Marker);
        if (markerOffset < 0)
        {
            throw new MmdbException($"'{path}' is not a MaxMind database: it has no metadata in its last 128 KiB. Give a file of the .mmdb format.");
        }

        markerOffset += searchStart;
        var data = new MmdbData(file[(markerOffset + Marker.Length)..], path);
        var metadata = ReadMap(data);
        CheckTree(metadata, file, markerOffset, data);
        return metadata;
    }

    private static MmdbMetadata ReadMap(MmdbData data)
    {
        if (data.ReadTarget(0).Type != MmdbType.Map)
        {
            throw data.Damaged("its metadata is not a map");
        }

        var version = Number(data, "binary_format_major_version"u8, ushort.MaxValue);
        return version != 2
            ? throw data.Damaged($"it has format version {version}, and only version 2 can be read")
            : new MmdbMetadata
            {
                NodeCount = (uint)Number(data, "node_count"u8, uint.MaxValue),
                RecordSize = (int)Number(data, "record_size"u8, ushort.MaxValue),
                IPVersion = (int)Number(data, "ip_version"u8, ushort.MaxValue),
                BuildEpoch = Number(data, "build_epoch"u8, ulong.MaxValue, isRequired: false),
                DatabaseType = Text(data, "database_type"u8),
                Languages = Languages(data),
            };
    }

    private static void CheckTree(MmdbMetadata metadata, ReadOnlySpan<byte> file, int markerOffset, MmdbData data)
    {
        if (metadata.RecordSize is not (24 or 28 or 32))
        {
            throw data.Damaged($"its record_size is {metadata.RecordSize}, not 24, 28 or 32");
        }

        if (metadata.IPVersion is not (4 or 6))
        {
            throw data.Damaged($"its ip_version is {metadata.IPVersion}, not 4 or 6");
        }

        var dataStart = metadata.SearchTreeBytes + MmdbTree.SeparatorBytes;
        if (dataStart > markerOffset)
        {
            throw data.Damaged($"its node_count {metadata.NodeCount} needs {dataStart} bytes, and only {markerOffset} lie before the metadata");
        }

        if (file.Slice((int)metadata.SearchTreeBytes, MmdbTree.SeparatorBytes).ContainsAnyExcept((byte)0))
        {
            throw data.Damaged("the 16 zero bytes behind the search tree are missing, so its node_count is wrong");
        }
    }

    private static ulong Number(MmdbData data, ReadOnlySpan<byte> name, ulong max, bool isRequired = true)
    {
        if (!MmdbPath.TryFind(data, 0, name, out var value))
        {
            return isRequired ? throw data.Damaged($"its metadata lacks {Encoding.UTF8.GetString(name)}") : 0UL;
        }

        var number = value.Type is MmdbType.UInt16 or MmdbType.UInt32 or MmdbType.UInt64 ? data.ReadUnsigned(value) : UInt128.MaxValue;
        return number <= max ? (ulong)number : throw data.Damaged($"its metadata has a wrong {Encoding.UTF8.GetString(name)}");
    }

    private static string Text(MmdbData data, ReadOnlySpan<byte> name) =>
        MmdbPath.TryFind(data, 0, name, out var value) && value.Type == MmdbType.Utf8String ? Encoding.UTF8.GetString(data.Bytes(value)) : "";

    private static string[] Languages(MmdbData data)
    {
        if (!MmdbPath.TryFind(data, 0, "languages"u8, out var array) || array.Type != MmdbType.Array || array.Size > MaxLanguages)
        {
            return [];
        }

        var languages = new List<string>(array.Size);
        for (int i = 0, next = array.Payload; i < array.Size; i++, next = data.Skip(next))
        {
            var language = data.ReadTarget(next);
            languages.Add(language.Type == MmdbType.Utf8String ? Encoding.UTF8.GetString(data.Bytes(language)) : "");
        }

        return [.. languages];
    }
}
