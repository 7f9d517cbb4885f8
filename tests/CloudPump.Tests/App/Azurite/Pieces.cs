using CloudPump.Hosting;

namespace CloudPump.Tests.App.Azurite;

/// <summary>Pieces of any size.</summary>
internal static class Pieces
{
    public const string Analyzer = "a/counts by page/1";

    public static AnalyzerPiece Of(int shard, long number, int size = 100)
    {
        var body = new byte[size];
        new Random((int)(shard * 1_000 + number)).NextBytes(body);
        return new AnalyzerPiece(Analyzer, shard, "hub/0", number, number * 10, body);
    }

    public static void AssertEqual(IEnumerable<AnalyzerPiece> expected, IEnumerable<AnalyzerPiece> actual) => Assert.Equal(
        expected.Select(p => (p.Analyzer, p.Shard, p.Partition, p.Number, p.Mark, Convert.ToHexString(p.Body))),
        actual.Select(p => (p.Analyzer, p.Shard, p.Partition, p.Number, p.Mark, Convert.ToHexString(p.Body))));
}
