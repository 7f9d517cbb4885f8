using CloudPump.Events;

namespace CloudPump.Parsers;

/// <summary>Gives text that looks like a JSON number, true or false that type; for formats that do not tell text from numbers.</summary>
internal static class InferredType
{
    /// <summary>Changes the slot when its text looks like another type.</summary>
    public static void Apply(ReadOnlySpan<byte> text, ref Slot slot)
    {
        if (text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8))
        {
            slot.Set(FieldKind.Bool, text.Length == 4 ? 1 : 0);
        }
        else if (JsonNumber.Is(text))
        {
            // With its text, so that no digit is lost on the way out.
            slot.SetText(FieldKind.Number, slot.Offset, slot.Length);
        }
    }
}
