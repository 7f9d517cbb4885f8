namespace CloudPump.Expressions;

/// <summary>Finds the word that somebody probably meant.</summary>
internal static class NearestName
{
    private const int MaxDistance = 2;

    /// <summary>The nearest of the words, at most two edits (Damerau-Levenshtein) away; null when there is none.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = Math.Min(MaxDistance + 1, Math.Max(word.Length, 2));
        foreach (var candidate in candidates)
        {
            var distance = Distance(word, candidate);
            if (distance < bestDistance)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > MaxDistance)
        {
            return int.MaxValue;
        }

        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 ? j : j == 0 ? i : Cell(rows, a, b, i, j);
            }
        }

        return rows[a.Length, b.Length];
    }

    private static int Cell(int[,] rows, string a, string b, int i, int j)
    {
        var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
        var best = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
        return i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] ? Math.Min(best, rows[i - 2, j - 2] + 1) : best;
    }
}
