using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

/// <summary>What every analyzer does with a saved state that is cut, or of another version.</summary>
public sealed class DamagedStateTests
{
    public static TheoryData<string> Analyzers { get; } = [.. AllAnalyzers.Names];

    [Theory]
    [MemberData(nameof(Analyzers))]
    public void A_state_that_was_cut_anywhere_is_refused(string analyzer)
    {
        for (var seed = 0; seed < 2; seed++)
        {
            var (definition, saved) = Saved(analyzer, seed);
            for (var length = 0; length < saved.Length; length++)
            {
                var (cut, at) = (saved[..length], length);
                var refusal = Record.Exception(() => WindowRig.Load(cut, definition));
                Assert.True(refusal is InvalidDataException, $"Seed {seed}, the first {at} of {saved.Length} bytes: {refusal?.ToString() ?? "it is taken"}");
            }

            Assert.Equal(saved.Length, WindowRig.Save(WindowRig.Load(saved, definition)).Length);
        }
    }

    [Theory]
    [MemberData(nameof(Analyzers))]
    public void A_state_of_another_version_is_refused_and_both_versions_are_told(string analyzer)
    {
        var (definition, saved) = Saved(analyzer, 0);
        var version = saved[0]--;
        var refusal = Assert.Throws<InvalidDataException>(() => WindowRig.Load(saved, definition));
        Assert.Equal($"The analyzer's state has version {version - 1}; this CloudPump reads version {version}.", refusal.Message);
        Assert.Throws<InvalidDataException>(() => WindowRig.Load(saved, definition));
    }

    [Theory]
    [MemberData(nameof(Analyzers))]
    public void A_piece_that_was_cut_anywhere_is_refused(string analyzer)
    {
        var (definition, piece) = Piece(analyzer, 1);
        for (var length = 0; length < piece.Length; length++)
        {
            var cut = piece[..length];
            Assert.Throws<InvalidDataException>(() => new AnalyzerShard(definition.CreateShard()).Apply("p", 1, 0, cut));
        }
    }

    // Half of the events are behind the watermark, the others wait.
    private static (AnalyzerDefinition Definition, byte[] State) Saved(string analyzer, int seed)
    {
        var (definition, piece) = Piece(analyzer, seed);
        var shard = new AnalyzerShard(definition.CreateShard());
        shard.AddPartition("p");
        shard.Apply("p", 1, 1_020, piece);
        WindowRig.Close(shard);
        return (definition, WindowRig.Save(shard));
    }

    private static (AnalyzerDefinition Definition, byte[] Piece) Piece(string analyzer, int seed)
    {
        var definition = AllAnalyzers.Make(analyzer, seed);
        definition.Shards = 1;
        var batch = WindowRig.NewBatch();
        WindowRig.Fill(batch, 0, WindowRig.RandomEvents(new Random(seed), 40, disorder: 3));
        var (step, piece) = (definition.BuildStep(WindowRig.ContextOf(batch)), new ByteBuffer());
        step.AddPartition(AnalyzerStep.NoTime);
        step.Process(batch);
        Assert.True(step.TakePiece(0, 0, piece));
        return (definition, piece.Written.ToArray());
    }
}
