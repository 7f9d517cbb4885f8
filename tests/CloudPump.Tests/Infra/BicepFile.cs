namespace CloudPump.Tests.Infra;

/// <summary>What a Bicep file declares and uses.</summary>
internal sealed class BicepFile
{
    private static readonly HashSet<string> Words =
        new(["true", "false", "null", "if", "for", "in", "existing", "targetScope", "param", "var", "resource", "module", "output", "func"], StringComparer.Ordinal);

    private readonly IReadOnlyList<BicepToken> _tokens;
    private readonly HashSet<string> _locals = new(StringComparer.Ordinal);
    private readonly HashSet<int> _skipped = [];

    /// <summary>Reads a file's text.</summary>
    public BicepFile(string path, string text)
    {
        Path = path;
        var lexer = new BicepLexer(text);
        _tokens = lexer.Read();
        Mistakes.AddRange(lexer.Mistakes);
        CheckBraces();
        for (var i = 0; i < _tokens.Count; i++)
        {
            Declare(i);
        }

        for (var i = 0; i < _tokens.Count; i++)
        {
            Use(i);
        }
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>Mistakes of writing.</summary>
    public List<string> Mistakes { get; } = [];

    /// <summary>The parameters; those with a default need not be given.</summary>
    public Dictionary<string, bool> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>Everything declared, with its line and what it is.</summary>
    public Dictionary<string, (string What, int Line)> Declared { get; } = new(StringComparer.Ordinal);

    /// <summary>Everything used, with its first line.</summary>
    public Dictionary<string, int> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>The modules.</summary>
    public List<BicepModule> Modules { get; } = [];

    /// <summary>The types of the resources it makes, with the keys of their first level.</summary>
    public List<(string Type, IReadOnlyList<string> Keys, bool Existing)> Resources { get; } = [];

    /// <summary>Names that only a loop, a lambda or a function knows.</summary>
    public IReadOnlySet<string> Locals => _locals;

    private BicepToken this[int i] => i >= 0 && i < _tokens.Count ? _tokens[i] : default;

    private void CheckBraces()
    {
        var open = new Stack<BicepToken>();
        foreach (var token in _tokens.Where(t => t.Kind == BicepTokenKind.Sign))
        {
            if (token.Text is "{" or "[" or "(")
            {
                open.Push(token);
            }
            else if (token.Text is "}" or "]" or ")" && (!open.TryPop(out var begin) || begin.Text + token.Text is not ("{}" or "[]" or "()")))
            {
                Mistakes.Add($"{token.Line}: '{token.Text}' closes nothing");
            }
        }

        Mistakes.AddRange(open.Select(o => $"{o.Line}: '{o.Text}' is not closed"));
    }

    private void Declare(int i)
    {
        var first = this[i - 1].Kind == BicepTokenKind.Line || i == 0;
        var (word, name) = (this[i].Text, this[i + 1]);
        if (first && this[i].Kind == BicepTokenKind.Name && name.Kind == BicepTokenKind.Name && word is "param" or "var" or "output" or "func" or "resource" or "module")
        {
            _skipped.Add(i + 1);
            if (word != "output" && !Declared.TryAdd(name.Text, (word, name.Line)))
            {
                Mistakes.Add($"{name.Line}: '{name.Text}' is declared twice");
            }

            DeclareMore(word, i + 1);
        }
        else if (word == "for" && this[i].Kind == BicepTokenKind.Name)
        {
            Local(i + 1, "in");
        }
        else if (this[i].Is("=>") && this[i - 1].Kind == BicepTokenKind.Name)
        {
            _locals.Add(this[i - 1].Text);
        }
    }

    private void DeclareMore(string word, int at)
    {
        if (word is "param" or "output")
        {
            _skipped.Add(at + 1);
            Parameters.TryAdd(word == "param" ? this[at].Text : "", this[at + 2].Is("="));
            Parameters.Remove("");
        }
        else if (word == "func")
        {
            Local(at + 1, "=>");
        }
        else if (word is "resource" or "module" && this[at + 1].Kind == BicepTokenKind.Text)
        {
            var body = at + 2;
            while (body < _tokens.Count && !(this[body].Is("{") && this[body - 1].Kind is BicepTokenKind.Sign))
            {
                body++;
            }

            var text = this[at + 1].Text;
            if (word == "module")
            {
                Modules.Add(new BicepModule(this[at].Text, text, KeysOf(KeyOf(body, "params") + 2), this[at].Line));
            }
            else
            {
                Resources.Add((text, KeysOf(body), this[at + 2].Text == "existing"));
            }
        }
    }

    // The names between here and a word or sign; of a function's parameters every second is a type.
    private void Local(int from, string end)
    {
        for (var i = from; i < _tokens.Count && this[i].Text != end; i++)
        {
            if (this[i].Kind == BicepTokenKind.Name)
            {
                _locals.Add(this[i].Text);
            }
        }
    }

    /// <summary>The keys of the object that opens at a token.</summary>
    private List<string> KeysOf(int open)
    {
        var keys = new List<string>();
        for (int i = open, depth = 0; i > 1 && i < _tokens.Count; i++)
        {
            depth += Depth(i);
            if (depth == 0)
            {
                break;
            }

            if (depth == 1 && IsKey(i))
            {
                keys.Add(this[i].Text);
            }
        }

        return keys;
    }

    private int KeyOf(int open, string key)
    {
        for (int i = open, depth = 0; i < _tokens.Count; i++)
        {
            depth += Depth(i);
            if (depth == 0)
            {
                break;
            }

            if (depth == 1 && this[i].Text == key && IsKey(i))
            {
                return i;
            }
        }

        return -2;
    }

    private int Depth(int i) => this[i].Kind != BicepTokenKind.Sign ? 0 : this[i].Text switch { "{" or "[" or "(" => 1, "}" or "]" or ")" => -1, _ => 0 };

    private bool IsKey(int i) => this[i + 1].Is(":") && (this[i - 1].Is("{") || this[i - 1].Is(",") || this[i - 1].Kind == BicepTokenKind.Line) && this[i].Kind is BicepTokenKind.Name or BicepTokenKind.Text;

    private void Use(int i)
    {
        var token = this[i];
        var called = this[i + 1].Is("(") && !Declared.ContainsKey(token.Text);
        if (token.Kind == BicepTokenKind.Name && !Words.Contains(token.Text) && !_skipped.Contains(i) && !called && !IsKey(i) && !this[i - 1].Is(".") && !this[i - 1].Is("::"))
        {
            Used.TryAdd(token.Text, token.Line);
        }
    }
}
