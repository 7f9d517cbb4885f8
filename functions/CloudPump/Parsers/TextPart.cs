using CloudPump.Events;

namespace CloudPump.Parsers;

/// <summary>A piece of text in the arena, and what kind of string it is.</summary>
internal readonly record struct TextPart(int Offset, int Length, FieldKind Kind)
{
    /// <summary>The piece from one byte to before another.</summary>
    public TextPart Part(int start, int end) => new(Offset + start, end - start, Kind);
}
