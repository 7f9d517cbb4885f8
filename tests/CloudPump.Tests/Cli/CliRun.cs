using System.Text;
using CloudPump.Cli;

namespace CloudPump.Tests.Cli;

/// <summary>Runs command lines in a folder of their own and keeps what they print.</summary>
internal sealed class CliRun : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly MemoryStream _bytes = new();

    /// <summary>The folder; it goes away with this object.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("cloudpump-").FullName;

    /// <summary>The environment of the command.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>What answers HTTP requests; without it there is no network.</summary>
    public HttpMessageHandler? Network { get; init; }

    /// <summary>Standard error as a terminal; without it there is none.</summary>
    public Spectre.Console.IAnsiConsole? Terminal { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What stands in standard input.</summary>
    public string Input { get; set; } = "";

    /// <summary>Ctrl-C.</summary>
    public CancellationTokenSource Stop { get; } = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    /// <summary>What the last command wrote to standard output as text.</summary>
    public string Output => _output.ToString();

    /// <summary>What the last command wrote to standard output as bytes.</summary>
    public string Bytes => Encoding.UTF8.GetString(_bytes.ToArray());

    /// <summary>What the last command wrote to standard error.</summary>
    public string Error => _error.ToString();

    /// <summary>The lines of <see cref="Output"/>.</summary>
    public string[] Lines => Output.Split(System.Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Writes a file of the folder; returns its path.</summary>
    public string File(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Runs a command line; returns the exit code.</summary>
    public Task<int> RunAsync(params string[] args)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        _bytes.SetLength(0);
        var context = new CommandContext
        {
            Output = _output,
            Error = _error,
            OutputStream = () => new KeptOpen(_bytes),
            InputStream = () => new MemoryStream(Encoding.UTF8.GetBytes(Input)),
            Terminal = Terminal,
            Time = Time,
            Http = () => Network is null ? throw new InvalidOperationException("This test has no network.") : new HttpClient(Network, disposeHandler: false),
            Environment = name => Environment.GetValueOrDefault(name) ?? (name == "CLOUDPUMP_HOME" ? Path.Combine(Folder, "home") : null),
        };
        return CloudPumpCommand.RunAsync(args, context, Stop.Token);
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Stop.Dispose();
        _output.Dispose();
        _error.Dispose();
        _bytes.Dispose();
    }

    private sealed class KeptOpen(MemoryStream target) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => target.Write(buffer, offset, count);
    }
}
