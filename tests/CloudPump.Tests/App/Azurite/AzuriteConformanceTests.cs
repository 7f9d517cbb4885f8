using System.Text;
using CloudPump.Hosting.Invocations;
using CloudPump.Pipelines;
using CloudPump.Tests.Cli;

namespace CloudPump.Tests.App.Azurite;

/// <summary>A whole run of the app whose tables and blobs are an account's: what comes out is what one machine gives.</summary>
public class AzuriteConformanceTests : AzuriteTests
{
    [Theory]
    [InlineData("weblogs", 20_000)]
    [InlineData("checkout", 5_000)]
    public async Task A_sample_gives_the_same_as_on_one_machine(string sample, int count)
    {
        var input = SampleInput.Of(sample, count);
        var set = new PipelineLoader(AppRig.NewRegistry(), static _ => null).Load([Repository.Path($"functions/pipelines/{sample}.yaml")]);
        var embedded = await SampleInput.RunEmbeddedAsync(sample, input, set.Reachable().Select(p => p.Name));

        var blobs = new OwnBlobs(Account.Blobs, Unique);
        var rig = new AppRig(set) { TableService = Account.TableService, BlobService = blobs };
        rig.Put(rig.Input(sample).Entity, input);
        await rig.EndAsync(rig.Start());

        Assert.Empty(rig.Blobs.Names(BlobContainers.Output));
        foreach (var (pipeline, expected) in embedded)
        {
            Assert.True(expected.Count > 0, $"{pipeline} got nothing, so nothing is compared.");
            Assert.Equal(expected, await LinesAsync(blobs, pipeline));
        }
    }

    private async Task<List<string>> LinesAsync(OwnBlobs blobs, string pipeline)
    {
        var lines = new List<string>();
        foreach (var name in blobs.Names(BlobContainers.Output).Where(n => n.StartsWith(pipeline + "/", StringComparison.Ordinal)))
        {
            var bytes = await blobs.GetAsync(BlobContainers.Output, name, Token);
            lines.AddRange(Encoding.UTF8.GetString(bytes!.Value.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
