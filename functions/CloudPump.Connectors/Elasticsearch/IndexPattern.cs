using System.Buffers;
using System.Globalization;
using System.Text;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Elasticsearch;

/// <summary>The name of an index or data stream, with a date pattern in braces: `weblogs-{yyyy.MM.dd}`.</summary>
public sealed class IndexPattern : ITextOption
{
    private const int MaxLength = 255;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\\/*?\"<>| ,#:}\t\r\nABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static readonly (string Text, long Ticks, Func<DateTime, int> Part)[] Parts =
    [
        ("yyyy", TimeSpan.TicksPerDay, t => t.Year), ("MM", TimeSpan.TicksPerDay, t => t.Month), ("dd", TimeSpan.TicksPerDay, t => t.Day),
        ("HH", TimeSpan.TicksPerHour, t => t.Hour), ("mm", TimeSpan.TicksPerMinute, t => t.Minute), ("ss", TimeSpan.TicksPerSecond, t => t.Second),
    ];

    private readonly List<(byte[] Literal, int Part)> _pieces = [];

    private IndexPattern(string text) => Text = text;

    /// <inheritdoc/>
    public string Text { get; }

    /// <summary>The name stays the same for so many ticks, counted from tick 0.</summary>
    public long Period { get; private set; } = long.MaxValue;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="ExpressionException">The text is no name that an index can have.</exception>
    public static IndexPattern Parse(string text)
    {
        var pattern = new IndexPattern(text);
        for (var at = 0; at < text.Length;)
        {
            at = text[at] == '{' ? pattern.AddDate(at + 1) : pattern.AddLiteral(at);
        }

        var name = new ByteBuffer(MaxLength);
        pattern.Write(name, 0);
        return name.Length is > 0 and <= MaxLength && name.Written is not [(byte)'-' or (byte)'_' or (byte)'+', ..] && text is not ("." or "..")
            ? pattern
            : throw new ExpressionException("The name of an index has 1 to 255 bytes and does not begin with '-', '_' or '+'.");
    }

    /// <summary>Writes the name for a time.</summary>
    public void Write(ByteBuffer output, long ticks)
    {
        var time = new DateTime(ticks, DateTimeKind.Utc);
        foreach (var (literal, part) in _pieces)
        {
            output.Write(literal);
            if (part >= 0)
            {
                var digits = Parts[part].Text.Length;
                Parts[part].Part(time).TryFormat(output.GetSpan(digits), out var written, digits == 4 ? "D4" : "D2", CultureInfo.InvariantCulture);
                output.Advance(written);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private int AddLiteral(int at)
    {
        var length = Text.AsSpan(at).IndexOf('{') is var brace and >= 0 ? brace : Text.Length - at;
        var wrong = Text.AsSpan(at, length).IndexOfAny(Forbidden);
        if (wrong >= 0)
        {
            throw new ExpressionException("The name of an index has no capitals, no spaces and none of \\ / * ? \" < > | , # : and a date stands in {braces}.", at + wrong);
        }

        _pieces.Add((Encoding.UTF8.GetBytes(Text, at, length), -1));
        return at + length;
    }

    private int AddDate(int at)
    {
        for (; at < Text.Length && Text[at] != '}';)
        {
            var part = Array.FindIndex(Parts, p => string.CompareOrdinal(Text, at, p.Text, 0, p.Text.Length) == 0);
            if (part < 0 && Text[at] is not ('.' or '-' or '_'))
            {
                throw new ExpressionException("A date in the name of an index is made of yyyy, MM, dd, HH, mm, ss and '.', '-', '_' between them.", at);
            }

            _pieces.Add(part < 0 ? ([(byte)Text[at]], -1) : ([], part));
            Period = part < 0 ? Period : Math.Min(Period, Parts[part].Ticks);
            at += part < 0 ? 1 : Parts[part].Text.Length;
        }

        return at < Text.Length ? at + 1 : throw new ExpressionException("The date has no closing brace.", at);
    }
}
