using CloudPump.Cli.Bench;

namespace CloudPump.Tests.Cli;

public sealed class NabScorerTests
{
    private static readonly NabProfile Standard = new(NabProfile.Standard, 1, 1, 0.11);
    private static readonly NabProfile LowFalseNegatives = new(NabProfile.LowFalseNegatives, 1, 2, 0.11);

    // 100 rows, the first 15 are for learning; a window of 10 rows and one of 21.
    private static readonly NabFile TwoWindows = new("a/two.csv", new long[100], new double[100], [new NabWindow(40, 49), new NabWindow(70, 90)]);
    private static readonly NabFile NoWindow = new("a/none.csv", new long[100], new double[100], []);

    [Theory]
    [InlineData(-1, 0.98661429815143)]
    [InlineData(-0.5, 0.84828363995751)]
    [InlineData(0, 0)]
    [InlineData(1, -0.98661429815143)]
    [InlineData(3, -0.99999938819555)]
    [InlineData(3.001, -1)]
    [InlineData(double.PositiveInfinity, -1)]
    public void The_sigmoid_falls_from_one_to_minus_one(double y, double expected) => Assert.Equal(expected, NabPoint.Sigmoid(y), 12);

    [Fact]
    public void Nothing_detected_is_zero() => Assert.Equal(0, Score(Standard, TwoWindows, []).Normalised);

    [Fact]
    public void The_same_score_for_every_row_is_no_detection() =>
        Assert.Equal((0, double.PositiveInfinity), Of(new NabScorer(Corpus(TwoWindows)).Score(Standard, [Enumerable.Repeat(0.5, 100).ToArray()])));

    [Fact]
    public void Every_window_hit_at_its_left_edge_is_a_hundred()
    {
        Assert.Equal(100, Score(Standard, TwoWindows, [(40, 1), (70, 1)]).Normalised, 12);
        Assert.Equal(100, Score(LowFalseNegatives, TwoWindows, [(40, 1), (70, 1)]).Normalised, 12);
    }

    [Fact]
    public void A_hit_is_worth_the_less_the_later_it_comes()
    {
        // y = -(49 - 44 + 1) / 10; the other window is missed.
        var hit = NabPoint.Sigmoid(-0.6) / NabPoint.Sigmoid(-1);
        Assert.Equal(hit - 1, Score(Standard, TwoWindows, [(44, 1)]).Files[0], 12);
        Assert.Equal(hit - 2, Score(LowFalseNegatives, TwoWindows, [(44, 1)]).Files[0], 12);
        Assert.Equal(100 * (hit + 1) / 4, Score(Standard, TwoWindows, [(44, 1)]).Normalised, 12);
    }

    [Fact]
    public void Only_the_earliest_detection_in_a_window_counts() =>
        Assert.Equal(Score(Standard, TwoWindows, [(44, 1)]).Files[0], Score(Standard, TwoWindows, [(44, 1), (45, 2), (49, 1)]).Files[0], 12);

    [Fact]
    public void A_false_alarm_costs_all_before_the_first_window_and_little_just_behind_one()
    {
        var hits = new[] { (40, 1.0), (70, 1.0) };
        Assert.Equal(2 - 0.11, Score(Standard, TwoWindows, [.. hits, (20, 1)]).Files[0], 12);

        // y = (51 - 49) / 9, and (95 - 90) / 20.
        Assert.Equal(2 + (0.11 * NabPoint.Sigmoid(2 / 9.0)), Score(Standard, TwoWindows, [.. hits, (51, 1)]).Files[0], 12);
        Assert.Equal(2 + (0.11 * NabPoint.Sigmoid(0.25)), Score(Standard, TwoWindows, [.. hits, (95, 1)]).Files[0], 12);
    }

    [Fact]
    public void Rows_for_learning_do_not_count()
    {
        Assert.Equal(15, TwoWindows.Probation);
        Assert.Equal(750, new NabFile("", new long[6000], [], []).Probation);
        Assert.Equal(7, new NabFile("", new long[50], [], []).Probation);
        Assert.Equal(100, Score(Standard, TwoWindows, [(40, 1), (70, 1), (14, 1)]).Normalised, 12);
        Assert.NotEqual(100, Score(Standard, TwoWindows, [(40, 1), (70, 1), (15, 1)]).Normalised, 12);
    }

    [Fact]
    public void One_threshold_holds_for_all_files_and_is_the_best_one()
    {
        var scorer = new NabScorer(Corpus(TwoWindows, NoWindow));
        var found = scorer.Score(Standard, [Row([(40, 0.9), (70, 0.5), (60, 0.2)]), Row([(30, 0.7), (31, 0.2)])]);
        Assert.Equal(0.5, found.Threshold);
        Assert.Equal([2, -0.11], found.Files.Select(f => Math.Round(f, 12)));
        Assert.Equal(100 * (2 - 0.11 + 2) / 4, found.Normalised, 12);
    }

    [Fact]
    public void No_threshold_lies_between_equal_scores()
    {
        // Fifty false alarms share the score of the hit: together they cost more than the hit is worth.
        var alarms = Enumerable.Range(15, 25).Concat(Enumerable.Range(50, 20)).Concat(Enumerable.Range(91, 9)).Select(n => (n, 0.5));
        var found = Score(Standard, TwoWindows, [(40, 1), (70, 0.5), .. alarms]);
        Assert.Equal(1, found.Threshold);
        Assert.Equal(0, found.Files[0], 12);
    }

    private static NabScore Score(NabProfile profile, NabFile file, (int Row, double Score)[] scores) =>
        new NabScorer(Corpus(file)).Score(profile, [Row(scores)]);

    private static (double Normalised, double Threshold) Of(NabScore score) => (score.Normalised, score.Threshold);

    private static NabCorpus Corpus(params NabFile[] files) => new(files, [Standard, LowFalseNegatives]);

    private static double[] Row((int Row, double Score)[] scores)
    {
        var all = new double[100];
        foreach (var (row, score) in scores)
        {
            all[row] = score;
        }

        return all;
    }
}
