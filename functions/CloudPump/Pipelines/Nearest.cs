namespace CloudPump.Pipelines;

/// <summary>Finds the word that somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>` Did you mean 'x'?` for the nearest of <paramref name="words"/>, or nothing when none is near.</summary>
    public static string Hint(string word, IEnumerable<string> words) => Find(word, words) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>The nearest of <paramref name="words"/>: at most a third of the letters (and at least one) may differ.</summary>
    public static string? Find(string word, IEnumerable<string> words)
    {
        var limit = Math.Max(1, (word.Length + 1) / 3);
        return words.Select(w => (Word: w, Distance: Distance(word, w)))
            .Where(c => c.Distance <= limit)
            .OrderBy(c => c.Distance).ThenBy(c => c.Word, StringComparer.Ordinal)
            .Select(c => c.Word)
            .FirstOrDefault();
    }

    /// <summary>Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, replacements, swaps of neighbours; case does not count.</summary>
    public static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var best = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1));
                var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                rows[i, j] = swapped ? Math.Min(best, rows[i - 2, j - 2] + 1) : best;
            }
        }

        return rows[a.Length, b.Length];
    }
}
