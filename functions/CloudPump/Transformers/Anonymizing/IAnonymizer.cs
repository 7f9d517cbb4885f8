using CloudPump.Events;

namespace CloudPump.Transformers;

/// <summary>A way to anonymize a text.</summary>
internal interface IAnonymizer
{
    /// <summary>Writes what takes the text's place; false removes the field.</summary>
    /// <param name="text">The text, as UTF-8.</param>
    /// <param name="received">When the event was received, in UTC ticks: by that time keys change, so that a redelivery gives the same.</param>
    /// <param name="result">Takes the result.</param>
    bool TryReplace(ReadOnlySpan<byte> text, long received, ByteBuffer result);
}
