using CloudPump.Events;

namespace CloudPump.Parsers.Layouts;

/// <summary>The value of a field on its way into an event or a JSON text.</summary>
internal ref struct LayoutValue
{
    public FieldKind Kind;

    /// <summary>The number, the ticks, or 0 and 1.</summary>
    public long Number;

    /// <summary>A timestamp's nanoseconds beyond its ticks.</summary>
    public int Nanos;

    /// <summary>The text or the bytes.</summary>
    public ReadOnlySpan<byte> Text;

    /// <summary>Where the text stands in the field's own bytes; -1 when it was made.</summary>
    public int InPlace;

    public void SetText(FieldKind kind, ReadOnlySpan<byte> text, int inPlace = -1)
    {
        Kind = kind;
        Text = text;
        InPlace = inPlace;
    }

    public void SetNumber(FieldKind kind, long number, int nanos = 0) => (Kind, Number, Nanos) = (kind, number, nanos);
}
