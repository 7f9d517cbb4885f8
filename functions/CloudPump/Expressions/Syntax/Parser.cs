namespace CloudPump.Expressions;

/// <summary>Makes the tree of an expression: operators, then members and primaries in the other part.</summary>
internal sealed partial class Parser
{
    private const int MaxLength = 64 * 1024;
    private const int MaxNesting = 128;
    private const int MaxDepth = 256;
    private readonly Lexer _lexer;
    private readonly string _text;
    private readonly bool _isChecked;
    private Token _token;
    private int _previousEnd;
    private int _nesting;

    /// <summary>Starts on a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isChecked">Whether an unknown function is a mistake at once; otherwise calling it fails.</param>
    public Parser(string text, bool isChecked = true)
    {
        if (text.Length > MaxLength)
        {
            throw new ExpressionException($"The expression is longer than {MaxLength} characters.", MaxLength);
        }

        _text = text;
        _isChecked = isChecked;
        _lexer = new Lexer(text);
        Advance();
    }

    /// <summary>The whole text as one expression.</summary>
    public SyntaxNode ParseAll()
    {
        var root = ParseExpression();
        ExpectEnd();
        return root;
    }

    private SyntaxNode ParseExpression()
    {
        Enter();
        var condition = ParseOr();
        if (_token.Kind == TokenKind.Question)
        {
            var offset = _token.Offset;
            Advance();
            var yes = ParseOr();
            Expect(TokenKind.Colon, "':' of the condition");
            condition = Operator(offset, "_?_:_", condition, yes, ParseExpression());
        }

        _nesting--;
        return condition;
    }

    private SyntaxNode ParseOr() => ParseLogic(TokenKind.Or, "_||_", () => ParseLogic(TokenKind.And, "_&&_", ParseRelation));

    // A chain becomes one call with many arguments, so that long chains stay flat.
    private SyntaxNode ParseLogic(TokenKind kind, string function, Func<SyntaxNode> operand)
    {
        var first = operand();
        if (_token.Kind != kind)
        {
            return first;
        }

        var offset = _token.Offset;
        var operands = new List<SyntaxNode> { first };
        while (_token.Kind == kind)
        {
            Advance();
            operands.Add(operand());
        }

        return Limit(new CallSyntax(offset, function, false, operands));
    }

    private SyntaxNode ParseRelation()
    {
        var left = ParseSum();
        while (RelationOf(_token.Kind) is { } function)
        {
            var offset = _token.Offset;
            Advance();
            left = Operator(offset, function, left, ParseSum());
        }

        return left;
    }

    private SyntaxNode ParseSum()
    {
        var left = ParseProduct();
        while (_token.Kind is TokenKind.Plus or TokenKind.Minus)
        {
            var (offset, function) = (_token.Offset, _token.Kind == TokenKind.Plus ? "_+_" : "_-_");
            Advance();
            left = Operator(offset, function, left, ParseProduct());
        }

        return left;
    }

    private SyntaxNode ParseProduct()
    {
        var left = ParseUnary();
        while (_token.Kind is TokenKind.Star or TokenKind.Slash or TokenKind.Percent)
        {
            var (offset, function) = (_token.Offset, _token.Kind == TokenKind.Star ? "_*_" : _token.Kind == TokenKind.Slash ? "_/_" : "_%_");
            Advance();
            left = Operator(offset, function, left, ParseUnary());
        }

        return left;
    }

    private SyntaxNode ParseUnary()
    {
        if (_token.Kind is not (TokenKind.Not or TokenKind.Minus))
        {
            return ParseMember(ParsePrimary());
        }

        var (offset, isNot) = (_token.Offset, _token.Kind == TokenKind.Not);
        Advance();
        if (!isNot && _token is { Kind: TokenKind.Literal, Value.Kind: ValueKind.Int or ValueKind.Double })
        {
            var number = Negated(_token.Value);
            Advance();
            return ParseMember(new LiteralSyntax(offset, number));
        }

        Enter();
        var operand = ParseUnary();
        _nesting--;
        return Operator(offset, isNot ? "!_" : "-_", operand);
    }

    private static Value Negated(in Value number) =>
        number.Kind == ValueKind.Int ? Value.Of(unchecked(-number.AsInt)) : Value.Of(-number.AsDouble);

    private static string? RelationOf(TokenKind kind) => kind switch
    {
        TokenKind.Equal => "_==_",
        TokenKind.NotEqual => "_!=_",
        TokenKind.Less => "_<_",
        TokenKind.LessEqual => "_<=_",
        TokenKind.Greater => "_>_",
        TokenKind.GreaterEqual => "_>=_",
        TokenKind.In => "@in",
        _ => null,
    };

    private static SyntaxNode Operator(int offset, string function, params SyntaxNode[] operands) =>
        Limit(new CallSyntax(offset, function, false, operands));

    private static SyntaxNode Limit(SyntaxNode node) =>
        node.Depth <= MaxDepth ? node : throw new ExpressionException($"The expression is more than {MaxDepth} levels deep.", node.Offset);
}
