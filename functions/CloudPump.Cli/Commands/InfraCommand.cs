using System.CommandLine;
using CloudPump.Cli.Infra;
using CloudPump.Hosting.Topology;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump infra [PATH...]`: the hubs, topics and emulator files that the pipelines need.</summary>
internal static class InfraCommand
{
    public static Command Create(CommandContext context)
    {
        var paths = new Argument<string[]>("path") { Description = "Pipeline files, or folders of them.", DefaultValueFactory = _ => ["."] };
        var output = new Option<string>("--output") { Description = "The folder of the infrastructure.", DefaultValueFactory = _ => "infra" };
        var tier = new Option<string?>("--tier") { Description = "The tier of Event Hubs; by default that of the folder's pipelines.json, or standard." };
        tier.AcceptOnlyFromAmong(HostLimits.Tiers);
        var check = new Option<bool>("--check") { Description = "Writes nothing; exit code 1 when a file is out of date." };
        var withoutEmulators = new Option<bool>("--no-emulators") { Description = "Leaves the emulators' files out, for what they cannot hold." };
        var command = new Command("infra", "Writes the event hubs, subscriptions, emulator files and settings that pipelines need on Azure.") { paths, output, tier, check, withoutEmulators };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(output)!;
            var plan = Plan(context, parsed.GetValue(paths)!, parsed.GetValue(tier) ?? InfraFiles.TierOf(folder) ?? HostLimits.Tiers[0]);
            var emulators = !parsed.GetValue(withoutEmulators);
            Refuse(plan, emulators);
            List<InfraFile> files = [.. InfraFiles.Of(plan, folder, emulators)];
            return parsed.GetValue(check) ? Check(context, files) : Write(context, plan, files);
        });
        return command;
    }

    private static InfraPlan Plan(CommandContext context, string[] paths, string tier) =>
        InfraPlan.Of(HostTopology.Of(context.Loader.Load(paths)), HostLimits.Tiers.Contains(tier, StringComparer.Ordinal) ? tier : HostLimits.Tiers[0]);

    private static void Refuse(InfraPlan plan, bool emulators)
    {
        var limits = HostLimits.Of(plan.Tier);
        var found = limits.Exceeded(plan).ToList();
        if (found.Count > 0 && limits == HostLimits.Standard)
        {
            found.Add("Deploy fewer pipelines together, or use --tier premium.");
        }
        else if (found.Count == 0 && emulators && HostLimits.Emulators.Exceeded(plan).ToList() is { Count: > 0 } local)
        {
            found = [.. local, "On Azure this fits; --no-emulators goes without the emulators' files."];
        }

        if (found.Count > 0)
        {
            throw new UsageException(string.Join(Environment.NewLine, found));
        }
    }

    private static int Check(CommandContext context, List<InfraFile> files)
    {
        var old = files.Where(f => !f.IsCurrent).ToList();
        foreach (var file in old)
        {
            context.Output.WriteLine($"{file.Path}: {(File.Exists(file.Path) ? "out of date" : "missing")}");
        }

        context.Error.WriteLine(old.Count == 0 ? $"{files.Count} file(s), all up to date" : "Run 'cloudpump infra' with the same pipelines to write them.");
        return old.Count == 0 ? ExitCode.Done : ExitCode.Wrong;
    }

    private static int Write(CommandContext context, InfraPlan plan, List<InfraFile> files)
    {
        foreach (var file in files.Where(f => !f.IsCurrent))
        {
            file.Write();
            context.Output.WriteLine($"wrote {file.Path}");
        }

        context.Error.WriteLine($"{plan.Hubs.Count} event hub(s), {plan.Topics.Sum(t => t.Subscriptions.Count)} subscription(s), tier {plan.Tier}");
        return ExitCode.Done;
    }
}
