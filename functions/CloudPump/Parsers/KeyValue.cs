using System.Text;
using CloudPump.Parsers.KeyValues;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// Pairs of keys and values, by default as logfmt writes them: `level=info msg="a b" empty= flag`. A value (or key) in quotes may hold separators; in it \" \\ \/ \b \f \n \r \t
/// and \uXXXX are escapes, any other backslash is itself. A key without a separator after it is a flag: its field is true. An empty value is an empty text. Of a key given
/// twice the last value counts.
/// </summary>
[Component(ComponentKind.Parser, "key_value", "Reads pairs of keys and values (logfmt): a=1 b=\"x y\".",
    Example = "parse: {key_value: {infer: true}}", Given = "level=info msg=\"cache \\\"a\\\" filled\" took=1.5 user= cached",
    Gives = ["""{"level": "info", "msg": "cache \"a\" filled", "took": 1.5, "user": "", "cached": true}"""])]
public sealed class KeyValue : ParserDefinition
{
    /// <summary>Between pairs.</summary>
    [Option("What stands between pairs, such as ; or &; by default any white space. White space around keys and values does not count then.")]
    public string? PairSeparator { get; set; }

    /// <summary>Between key and value.</summary>
    [Option("What stands between a key and its value.")]
    public string KeyValueSeparator { get; set; } = "=";

    /// <summary>Around values.</summary>
    [Option("The character around keys and values that hold separators.")]
    public string Quote { get; set; } = "\"";

    /// <summary>Before names.</summary>
    [Option("Is put before every key to make the field's name.")]
    public string Prefix { get; set; } = "";

    /// <summary>Guess.</summary>
    [Option("Give values without quotes that look like numbers, true or false that type.")]
    public bool Infer { get; set; }

    /// <summary>Keys alone.</summary>
    [Option("A key without a value makes a field that is true; with false it makes a dead letter, so that lines of another kind are noticed.")]
    public bool Flags { get; set; } = true;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (PairSeparator is "")
        {
            report.Error(this, "pair_separator", "'pair_separator' takes what stands between pairs; leave it out for white space.");
        }

        if (KeyValueSeparator.Length == 0 || KeyValueSeparator == PairSeparator || (PairSeparator is null && char.IsWhiteSpace(KeyValueSeparator[0])))
        {
            report.Error(this, "key_value_separator", "'key_value_separator' takes what stands between a key and its value; it must differ from what stands between pairs.");
        }

        if (Quote.Length != 1 || !char.IsAscii(Quote[0]) || Quote is "\\" || char.IsWhiteSpace(Quote[0]) || KeyValueSeparator.StartsWith(Quote[0]) || PairSeparator?.StartsWith(Quote[0]) == true)
        {
            report.Error(this, "quote", "'quote' takes one ASCII character that is neither a backslash, white space nor part of a separator.");
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) =>
        new KeyValueParser(this, new PairSeparators(PairSeparator is null ? null : Encoding.UTF8.GetBytes(PairSeparator), Encoding.UTF8.GetBytes(KeyValueSeparator)), context.Fields);
}
