using System.Text.Json.Nodes;
using CloudPump.App.Hosting;
using CloudPump.Hosting.Invocations;
using CloudPump.Tests.Cli;

namespace CloudPump.Tests.Infra;

/// <summary>What the app's host.json must say for the app's promises to hold.</summary>
public sealed class HostJsonTests
{
    private static readonly JsonNode HostJson = JsonNode.Parse(File.ReadAllText(Repository.Path("functions/CloudPump.App/host.json")))!;

    [Fact]
    public void The_time_budget_is_well_below_the_functions_timeout()
    {
        var sample = JsonNode.Parse(File.ReadAllText(Repository.Path("local.settings.sample.json")))!["Values"]!;
        Assert.True(TimeSpan.Parse((string)sample[AppSettings.TimeBudget]!) <= TimeSpan.Parse((string)HostJson["functionTimeout"]!) * 0.8);
    }

    [Fact]
    public void A_batch_of_signals_and_the_state_fit_into_one_message_to_the_worker()
    {
        const int Message = 4 << 20;
        const int State = 800_000;
        var signals = (int)HostJson["extensions"]!["durableTask"]!["maxEntityOperationBatchSize"]!;
        Assert.InRange((signals * (PieceSignal.LargestInline * 4 / 3)) + State, 1, Message * 3 / 4);
    }

    [Fact]
    public void Messages_are_settled_by_the_app_and_every_batch_is_checkpointed()
    {
        Assert.False((bool)HostJson["extensions"]!["serviceBus"]!["autoCompleteMessages"]!);
        Assert.Equal(1, (int)HostJson["extensions"]!["eventHubs"]!["batchCheckpointFrequency"]!);
    }
}
