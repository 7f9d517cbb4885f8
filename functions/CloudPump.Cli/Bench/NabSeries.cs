using System.Globalization;

namespace CloudPump.Cli.Bench;

/// <summary>Reads one series: a header, then lines of timestamp,value.</summary>
internal static class NabSeries
{
    public static NabFile Read(string path, string name, IReadOnlyList<(long First, long Last)> windows)
    {
        var times = new List<long>();
        var values = new List<double>();
        var number = 1;
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            number++;
            if (line.Length > 0)
            {
                var (time, value) = Row(line, $"{path}:{number}");
                times.Add(time);
                values.Add(value);
            }
        }

        return new NabFile(name, [.. times], [.. values], Rows(times, windows));
    }

    private static (long Time, double Value) Row(string line, string place)
    {
        try
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            return (NabJson.Ticks(line[..comma]), double.Parse(line.AsSpan(comma + 1), CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException)
        {
            throw new UsageException($"{place}: error: expected timestamp,value but found '{line}'.");
        }
    }

    // As in nab/sweeper.py an edge is the first row with its time; an edge that is no row's time lies at the nearest row inside the window.
    private static List<NabWindow> Rows(List<long> times, IReadOnlyList<(long First, long Last)> windows)
    {
        var rows = new List<NabWindow>();
        foreach (var (first, last) in windows.OrderBy(w => w.First))
        {
            var left = times.FindIndex(t => t >= first);
            var right = times.IndexOf(last);
            right = right >= 0 ? right : times.FindLastIndex(t => t <= last);
            if (left >= 0 && right >= left)
            {
                rows.Add(new NabWindow(left, right));
            }
        }

        return rows;
    }
}
