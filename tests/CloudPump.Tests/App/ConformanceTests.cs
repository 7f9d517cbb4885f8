using CloudPump.Hosting.Invocations;
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
    public async Task A_sample_gives_the_same_as_on_one_machine(string sample, int count) => await CompareAsync(sample, SampleInput.Of(sample, count));

    [Fact]
    public async Task A_real_log_gives_the_same_as_on_one_machine_and_its_cut_line_is_a_dead_letter()
    {
        var lines = await File.ReadAllLinesAsync(TestData.Require("access-logs/elastic-apache-combined-10k.log"), TestContext.Current.CancellationToken);

        var process = await CompareAsync("weblogs", lines);

        var letter = Assert.Single(await process.Get<IDeadLetterStore>().ListAsync("weblogs", 10, TestContext.Current.CancellationToken));
        Assert.Equal("access_log", letter.Letter.Processor);
        Assert.Equal(9_999, process.Host.AccountingOf("weblogs").Delivered);
    }

    private static async Task<AppProcess> CompareAsync(string sample, IReadOnlyList<string> input)
    {
        var set = new PipelineLoader(AppRig.NewRegistry(), static _ => null).Load([Repository.Path($"functions/pipelines/{sample}.yaml")]);
        var embedded = await SampleInput.RunEmbeddedAsync(sample, input, set.Reachable().Select(p => p.Name));

        var rig = new AppRig(set);
        rig.Put(rig.Input(sample).Entity, input);
        var process = rig.Start();
        await rig.EndAsync(process);
        foreach (var (pipeline, expected) in embedded)
        {
            Assert.True(expected.Count > 0, $"{pipeline} got nothing, so nothing is compared.");
            Assert.Equal(expected, rig.Output(pipeline));
        }

        return process;
    }
}
