using CloudPump.Pipelines;
using CloudPump.Tests.Cli;

namespace CloudPump.Tests.App;

/// <summary>The same pipelines on the same input give the same results on one machine and in the function app.</summary>
public class ConformanceTests
{
    [Theory]
    [InlineData("weblogs", 20_000)]
    [InlineData("path_watch", 20_000)]
    [InlineData("logins", 10_000)]
    [InlineData("sensors", 20_000)]
    [InlineData("checkout", 5_000)]
    [InlineData("registrations", 2_000)]
    public async Task A_sample_gives_the_same_as_on_one_machine(string sample, int count)
    {
        var input = SampleInput.Of(sample, count);
        var set = new PipelineLoader(AppRig.NewRegistry(), static _ => null).Load([Repository.Path($"functions/pipelines/{sample}.yaml")]);
        var embedded = await SampleInput.RunEmbeddedAsync(sample, input, set.Reachable().Select(p => p.Name));

        var rig = new AppRig(set);
        rig.Put(rig.Input(sample).Entity, input);
        await rig.EndAsync(rig.Start());

        foreach (var (pipeline, expected) in embedded)
        {
            Assert.True(expected.Count > 0, $"{pipeline} got nothing, so nothing is compared.");
            Assert.Equal(expected, rig.Output(pipeline));
        }
    }
}
