namespace CloudPump.Tests.Infra;

/// <summary>The tokens of a Bicep file, and where its objects begin, end and have their keys.</summary>
internal sealed class BicepTokens(IReadOnlyList<BicepToken> tokens)
{
    /// <summary>How many there are.</summary>
    public int Count => tokens.Count;

    /// <summary>A token; beyond the ends there is nothing.</summary>
    public BicepToken this[int i] => i >= 0 && i < tokens.Count ? tokens[i] : default;

    /// <summary>Whether a token is the key of a property. (The middle of `a ? b : c` is not.)</summary>
    public bool IsKey(int i) =>
        this[i].Kind is BicepTokenKind.Name or BicepTokenKind.Text && this[i + 1].Is(":") && (this[i - 1].Is("{") || this[i - 1].Is(",") || this[i - 1].Kind == BicepTokenKind.Line);

    /// <summary>The keys of the object that opens at a token.</summary>
    public IReadOnlyList<string> KeysOf(int open) => [.. Within(open).Where(IsKey).Select(i => this[i].Text)];

    /// <summary>Where the object of a key opens, within the object that opens at a token; -1 when there is none.</summary>
    public int ObjectOf(int open, string key) => Within(open).Where(i => this[i].Text == key && IsKey(i) && this[i + 2].Is("{")).Select(i => i + 2).FirstOrDefault(-1);

    /// <summary>Where the object begins that a resource or module is: after `=`, a loop or a condition.</summary>
    public int BodyFrom(int at)
    {
        while (at < Count && !(this[at].Is("{") && this[at - 1].Kind == BicepTokenKind.Sign))
        {
            at++;
        }

        return at;
    }

    /// <summary>What is wrong with braces, brackets and parentheses.</summary>
    public IEnumerable<string> Unbalanced()
    {
        var open = new Stack<BicepToken>();
        foreach (var token in tokens.Where(t => t.Kind == BicepTokenKind.Sign))
        {
            if (token.Text is "{" or "[" or "(")
            {
                open.Push(token);
            }
            else if (token.Text is "}" or "]" or ")" && (!open.TryPop(out var begin) || begin.Text + token.Text is not ("{}" or "[]" or "()")))
            {
                yield return $"{token.Line}: '{token.Text}' closes nothing";
            }
        }

        foreach (var token in open)
        {
            yield return $"{token.Line}: '{token.Text}' is not closed";
        }
    }

    // The tokens on the first level of what opens at a token.
    private IEnumerable<int> Within(int open)
    {
        for (int i = open, depth = 0; i >= 0 && i < Count; i++)
        {
            depth += this[i].Kind != BicepTokenKind.Sign ? 0 : this[i].Text switch { "{" or "[" or "(" => 1, "}" or "]" or ")" => -1, _ => 0 };
            if (depth == 0)
            {
                yield break;
            }

            if (depth == 1)
            {
                yield return i;
            }
        }
    }
}
