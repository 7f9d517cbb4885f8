using System.Reflection;
using CloudPump.Pipelines;
using Spectre.Console;

namespace CloudPump.Cli;

/// <summary>What commands use of the world, so that tests can give them another one.</summary>
internal sealed class CommandContext
{
    /// <summary>Standard output, for results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error, for messages.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard output as bytes, for events.</summary>
    public required Func<Stream> OutputStream { get; init; }

    /// <summary>Standard input as bytes.</summary>
    public required Func<Stream> InputStream { get; init; }

    /// <summary>Standard error as a terminal, when it is one.</summary>
    public IAnsiConsole? Terminal { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The environment.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>A client for the network; the caller disposes of it.</summary>
    public Func<HttpClient> Http { get; init; } = static () => new HttpClient();

    /// <summary>All components.</summary>
    public ComponentRegistry Registry { get; } = new(Assembly.Load("CloudPump.Connectors"));

    /// <summary>Where installed data lies for all runs of this user, such as geoip databases.</summary>
    public string UserData => Environment("CLOUDPUMP_HOME")
        ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData, System.Environment.SpecialFolderOption.DoNotVerify), "cloudpump");

    /// <summary>A loader of pipeline files.</summary>
    public PipelineLoader Loader => new(Registry, Environment);

    /// <summary>The world of this process.</summary>
    public static CommandContext OfThisProcess() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        OutputStream = Console.OpenStandardOutput,
        InputStream = Console.OpenStandardInput,
        Terminal = Console.IsErrorRedirected ? null : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }),
    };
}
