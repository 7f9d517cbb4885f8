using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>Removes the field.</summary>
public sealed class DropField : IAnonymizeOptions, IAnonymizer
{
    IAnonymizer IAnonymizeOptions.Build(BuildContext context) => this;

    bool IAnonymizer.TryReplace(ReadOnlySpan<byte> text, long received, ByteBuffer result) => false;
}
