using System.Globalization;
using Azure.Data.Tables;

namespace CloudPump.App.Storage;

/// <summary>Bytes in a table row: a property holds 64 KiB at most, so longer ones are spread over several.</summary>
internal static class TableBytes
{
    /// <summary>The most that one row is given; a whole row may have 1 MiB.</summary>
    public const int Most = 512 << 10;

    private const int PerProperty = 60 << 10;

    public static void Set(TableEntity row, string name, ReadOnlySpan<byte> bytes)
    {
        for (var part = 0; part == 0 || part * PerProperty < bytes.Length; part++)
        {
            var start = part * PerProperty;
            row[NameOf(name, part)] = bytes[start..Math.Min(bytes.Length, start + PerProperty)].ToArray();
        }
    }

    public static byte[]? Get(TableEntity row, string name)
    {
        if (row.GetBinary(name) is not { } first || !row.ContainsKey(NameOf(name, 1)))
        {
            return row.GetBinary(name);
        }

        var bytes = new List<byte>(first);
        for (var part = 1; row.GetBinary(NameOf(name, part)) is { } more; part++)
        {
            bytes.AddRange(more);
        }

        return [.. bytes];
    }

    private static string NameOf(string name, int part) => part == 0 ? name : name + part.ToString(CultureInfo.InvariantCulture);
}
