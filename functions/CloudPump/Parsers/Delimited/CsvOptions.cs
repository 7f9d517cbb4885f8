using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Parsers.Delimited;

/// <summary>How delimited text is written; the parser, the generator and the lookup `csv` share it.</summary>
public sealed class CsvOptions
{
    /// <summary>The names.</summary>
    [Option("The names of the columns; without them the first record has them.")]
    public List<string> Columns { get; set; } = [];

    /// <summary>Between fields.</summary>
    [Option("The character between fields; `tab` is one too.")]
    public string Delimiter { get; set; } = ",";

    /// <summary>Around fields.</summary>
    [Option("The character around fields that hold a delimiter, a line end, or itself (doubled).")]
    public string Quote { get; set; } = "\"";

    /// <summary>Types.</summary>
    [Option("Column to type; the others stay text. A value that is not of its type makes a dead letter, an empty one is null.")]
    public NamedList<FieldType> Types { get; set; } = [];

    /// <summary>Guess.</summary>
    [Option("Give fields without quotes that look like numbers, true or false that type, and leave out empty ones.")]
    public bool Infer { get; set; }

    /// <summary>Checks what the types cannot say.</summary>
    public void Check(ComponentDefinition owner, CheckReport report)
    {
        if (!TryByte(Delimiter, out var delimiter) || delimiter is (byte)'\n' or (byte)'\r')
        {
            report.Error(owner, "delimiter", "'delimiter' takes one ASCII character, or tab.");
        }

        if (!TryByte(Quote, out var quote) || quote is (byte)'\n' or (byte)'\r' || quote == delimiter)
        {
            report.Error(owner, "quote", "'quote' takes one ASCII character other than the delimiter.");
        }

        foreach (var (column, _) in Types.Where(t => Columns.Count > 0 && !Columns.Contains(t.Key, StringComparer.Ordinal)))
        {
            report.Error(owner, "types", $"There is no column '{column}'.{Nearest.Hint(column, Columns)}");
        }

        if (Columns.Count != Columns.Distinct(StringComparer.Ordinal).Count())
        {
            report.Error(owner, "columns", "Two columns have the same name.");
        }
    }

    internal CsvRecord NewRecord() => new(Byte(Delimiter), Byte(Quote));

    private static byte Byte(string text) => TryByte(text, out var value) ? value : throw new InvalidOperationException($"'{text}' is not one ASCII character.");

    private static bool TryByte(string text, out byte value)
    {
        text = text is "tab" or "\\t" ? "\t" : text;
        value = text.Length == 1 ? (byte)text[0] : (byte)0;
        return text.Length == 1 && char.IsAscii(text[0]);
    }
}
