using CloudPump.Events;

namespace CloudPump.Transformers;

/// <summary>Removes the field.</summary>
public sealed class DropField : IAnonymizeOptions, IAnonymizer
{
    IAnonymizer IAnonymizeOptions.Build() => this;

    bool IAnonymizer.TryReplace(ReadOnlySpan<byte> text, ByteBuffer result) => false;
}
