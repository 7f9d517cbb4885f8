namespace CloudPump.Cli.Bench;

/// <summary>
/// Scores a detector as numenta/NAB does (nab/sweeper.py): one threshold for the whole corpus, the one with the largest sum; the earliest detection in a
/// window counts by its position in it, every detection outside costs the more the farther behind the last window it lies.
/// </summary>
internal sealed class NabScorer(NabCorpus corpus)
{
    /// <summary>Scores one profile.</summary>
    /// <param name="profile">The weights.</param>
    /// <param name="scores">The detector's score of every row of every file, larger is more unusual.</param>
    public NabScore Score(NabProfile profile, IReadOnlyList<double[]> scores)
    {
        var points = Points(profile, scores);
        var threshold = BestThreshold(profile, points);
        var sums = corpus.Files.Select(file => new NabSum(profile, [file])).ToList();
        foreach (var point in points.TakeWhile(p => p.Score >= threshold))
        {
            sums[point.File].Add(point with { File = 0 });
        }

        var files = sums.Select(sum => sum.Total).ToList();
        return new NabScore(profile, Normalised(profile, files.Sum(), corpus.Files), threshold, files);
    }

    /// <summary>100 for every window hit at its left edge and nothing else, 0 for no detection at all.</summary>
    public static double Normalised(NabProfile profile, double total, IEnumerable<NabFile> files)
    {
        var windows = files.Sum(f => f.Windows.Count);
        var none = -windows * profile.Miss;
        var perfect = windows * profile.Hit;
        return windows == 0 ? 0 : 100 * (total - none) / (perfect - none);
    }

    private List<NabPoint> Points(NabProfile profile, IReadOnlyList<double[]> scores)
    {
        var points = new List<NabPoint>();
        for (var i = 0; i < scores.Count; i++)
        {
            NabPoint.AddAll(points, i, corpus.Files[i], profile, scores[i]);
        }

        points.Sort((a, b) => b.Score.CompareTo(a.Score));
        return points;
    }

    // A threshold lies between two distinct scores, so equal scores are detections together or not at all. At first there is no detection.
    private double BestThreshold(NabProfile profile, List<NabPoint> points)
    {
        var sum = new NabSum(profile, corpus.Files);
        var (best, threshold) = (sum.Total, double.PositiveInfinity);
        for (var i = 0; i < points.Count; i++)
        {
            sum.Add(points[i]);
            if ((i + 1 == points.Count || points[i + 1].Score < points[i].Score) && sum.Total > best)
            {
                (best, threshold) = (sum.Total, points[i].Score);
            }
        }

        return threshold;
    }
}
