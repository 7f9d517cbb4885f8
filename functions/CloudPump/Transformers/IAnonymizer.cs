using CloudPump.Events;

namespace CloudPump.Transformers;

/// <summary>Options of a way to anonymize.</summary>
internal interface IAnonymizeOptions
{
    IAnonymizer Build();
}

/// <summary>A way to anonymize a text.</summary>
internal interface IAnonymizer
{
    /// <summary>Writes what takes the text's place; false removes the field.</summary>
    bool TryReplace(ReadOnlySpan<byte> text, ByteBuffer result);
}
