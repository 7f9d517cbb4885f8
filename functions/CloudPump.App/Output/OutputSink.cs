using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;
using CloudPump.Pipelines;

namespace CloudPump.App.Output;

/// <summary>
/// What a file sink is in the function app: NDJSON in blobs of the container `output`, one for each batch, named by the way and the positions of its events. The same
/// batch delivered again writes the same blob.
/// </summary>
[Component(ComponentKind.Sink, "output", "Writes NDJSON blobs; stands for the sink 'file' in the function app.")]
public sealed class OutputSink : SinkDefinition
{
    /// <summary>The path.</summary>
    [Option("The path; the blobs lie below it.", Main = true, Required = true)]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    public override ISink Build(BuildContext context) =>
        new OutputWriter(Path, (IBlobs?)context.Services?.GetService(typeof(IBlobs)) ?? throw new InvalidOperationException("The host supplies no blobs."));
}
