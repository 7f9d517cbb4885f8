using System.Globalization;

namespace CloudPump.Pipelines;

/// <summary>A size in bytes as it stands in pipeline files: `512`, `64kb`, `1mb`, `2gb` (powers of 1,024).</summary>
public readonly record struct ByteSize(long Bytes)
{
    private static readonly (string Unit, long Bytes)[] Units = [("gb", 1L << 30), ("mb", 1L << 20), ("kb", 1L << 10), ("b", 1), ("", 1)];

    /// <summary>Reads a size; false when the text is none.</summary>
    public static bool TryParse(string text, out ByteSize size)
    {
        text = text.Trim().ToLowerInvariant();
        var unit = Units.First(u => text.EndsWith(u.Unit, StringComparison.Ordinal));
        var ok = long.TryParse(text[..^unit.Unit.Length].TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= long.MaxValue / unit.Bytes;
        size = new ByteSize(ok ? number * unit.Bytes : 0);
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var bytes = Bytes;
        var unit = Units.First(u => bytes != 0 && bytes % u.Bytes == 0 && u.Unit.Length > 0 || u.Unit.Length == 0);
        return (bytes / unit.Bytes).ToString(CultureInfo.InvariantCulture) + (unit.Unit == "b" ? "" : unit.Unit);
    }
}
