namespace CloudPump.Tests.Infra;

/// <summary>What a Bicep file declares and uses.</summary>
internal sealed class BicepFile
{
    private static readonly HashSet<string> Words =
        new(["true", "false", "null", "if", "for", "in", "existing", "targetScope", "param", "var", "resource", "module", "output", "func"], StringComparer.Ordinal);

    private readonly BicepTokens _tokens;
    private readonly HashSet<string> _locals = new(StringComparer.Ordinal);
    private readonly HashSet<int> _skipped = [];

    /// <summary>Reads a file's text.</summary>
    public BicepFile(string text)
    {
        var lexer = new BicepLexer(text);
        _tokens = new BicepTokens(lexer.Read());
        Mistakes.AddRange(lexer.Mistakes);
        Mistakes.AddRange(_tokens.Unbalanced());
        for (var i = 0; i < _tokens.Count; i++)
        {
            Declare(i);
        }

        for (var i = 0; i < _tokens.Count; i++)
        {
            Use(i);
        }
    }

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

    private void Declare(int i)
    {
        var (word, name) = (_tokens[i], _tokens[i + 1]);
        var first = i == 0 || _tokens[i - 1].Kind == BicepTokenKind.Line;
        if (first && name.Kind == BicepTokenKind.Name && word.Text is "param" or "var" or "output" or "func" or "resource" or "module")
        {
            _skipped.Add(i + 1);
            if (word.Text != "output" && !Declared.TryAdd(name.Text, (word.Text, name.Line)))
            {
                Mistakes.Add($"{name.Line}: '{name.Text}' is declared twice");
            }

            DeclareMore(word.Text, i + 1);
        }
        else if (word.Kind == BicepTokenKind.Name && word.Text == "for")
        {
            AddLocals(i + 1, "in");
        }
        else if (word.Is("=>") && _tokens[i - 1].Kind == BicepTokenKind.Name)
        {
            _locals.Add(_tokens[i - 1].Text);
        }
    }

    private void DeclareMore(string word, int at)
    {
        switch (word)
        {
            case "param":
                _skipped.Add(at + 1);
                Parameters.TryAdd(_tokens[at].Text, _tokens[at + 2].Is("="));
                break;
            case "output":
                _skipped.Add(at + 1);
                break;
            case "func":
                AddLocals(at + 1, "=>");
                break;
            case "module":
                Modules.Add(new BicepModule(_tokens[at].Text, _tokens[at + 1].Text, _tokens.KeysOf(_tokens.ObjectOf(_tokens.BodyFrom(at + 2), "params")), _tokens[at].Line));
                break;
            case "resource":
                Resources.Add((_tokens[at + 1].Text, _tokens.KeysOf(_tokens.BodyFrom(at + 2)), _tokens[at + 2].Text == "existing"));
                break;
        }
    }

    // The names between here and a word or sign; of a function's parameters every second is a type.
    private void AddLocals(int from, string end)
    {
        for (var i = from; i < _tokens.Count && _tokens[i].Text != end; i++)
        {
            if (_tokens[i].Kind == BicepTokenKind.Name)
            {
                _locals.Add(_tokens[i].Text);
            }
        }
    }

    private void Use(int i)
    {
        var token = _tokens[i];
        var builtIn = _tokens[i + 1].Is("(") && !Declared.ContainsKey(token.Text);
        if (token.Kind == BicepTokenKind.Name && !Words.Contains(token.Text) && !_skipped.Contains(i) && !builtIn && !_tokens.IsKey(i) && !_tokens[i - 1].Is(".") && !_tokens[i - 1].Is("::"))
        {
            Used.TryAdd(token.Text, token.Line);
        }
    }
}
