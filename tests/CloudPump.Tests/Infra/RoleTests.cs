using System.Text.RegularExpressions;

namespace CloudPump.Tests.Infra;

/// <summary>Which roles the infrastructure gives.</summary>
public sealed partial class RoleTests
{
    // Role definitions of Azure, which are the same in every tenant.
    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["f526a384-b230-433a-b45c-95f59c4a2dec"] = "Event Hubs Data Owner",
        ["a638d3c7-ab3a-418d-83e6-5f17a39d4fde"] = "Event Hubs Data Receiver",
        ["2b629674-e913-4c01-ae53-ef4638d8f975"] = "Event Hubs Data Sender",
        ["090c5cfd-751d-490a-894a-3ce6f1109419"] = "Service Bus Data Owner",
        ["4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"] = "Service Bus Data Receiver",
        ["69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"] = "Service Bus Data Sender",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
    };

    [Fact]
    public void Roles_are_the_known_ones_under_their_names()
    {
        var used = Role().Matches(BicepFiles.Everything).Select(m => (Name: m.Groups["name"].Value, Id: m.Groups["id"].Value)).ToList();
        Assert.NotEmpty(used);
        Assert.All(used, role => Assert.Equal(Roles[role.Id].Replace(" ", "", StringComparison.Ordinal), Family(role.Name) + role.Name, ignoreCase: true));
        Assert.Equal(Guid().Count(BicepFiles.Everything), used.Count);
    }

    private static string Family(string name) => name.StartsWith("blob", StringComparison.Ordinal) || name.StartsWith("table", StringComparison.Ordinal) || name.StartsWith("queue", StringComparison.Ordinal) ? "storage" : "";

    [GeneratedRegex("^  (?<name>[a-zA-Z]+): '(?<id>[0-9a-f]{8}-[0-9a-f-]{27})'$", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Role();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.NonBacktracking)]
    private static partial Regex Guid();
}
