using System.Collections.Frozen;

namespace CloudPump.Expressions;

/// <content>Members, primaries and the handling of tokens.</content>
internal sealed partial class Parser
{
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        [
            "as", "break", "const", "continue", "else", "for", "function", "if", "import",
            "let", "loop", "package", "namespace", "return", "var", "void", "while",
        ],
        StringComparer.Ordinal);

    private SyntaxNode ParseMember(SyntaxNode operand)
    {
        while (true)
        {
            var offset = _token.Offset;
            if (_token.Kind == TokenKind.LeftBracket)
            {
                Advance();
                var index = ParseExpression();
                Expect(TokenKind.RightBracket, "']'");
                operand = Operator(offset, "_[_]", operand, index);
            }
            else if (_token.Kind == TokenKind.Dot)
            {
                Advance();
                operand = Limit(ParseSelection(operand));
            }
            else
            {
                return operand;
            }
        }
    }

    private SyntaxNode ParseSelection(SyntaxNode operand)
    {
        var name = _token;
        if (name.Kind is not (TokenKind.Identifier or TokenKind.QuotedIdentifier))
        {
            throw Unexpected("a name after '.'");
        }

        Advance();
        return name.Kind == TokenKind.Identifier && _token.Kind == TokenKind.LeftParenthesis
            ? ParseCall(name, operand)
            : new SelectSyntax(name.Offset, operand, name.Text, isTest: false);
    }

    private SyntaxNode ParsePrimary()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Literal:
                return ParseLiteral(token);
            case TokenKind.LeftParenthesis:
                Advance();
                var inner = ParseExpression();
                Expect(TokenKind.RightParenthesis, "')'");
                return inner;
            case TokenKind.LeftBracket:
                Advance();
                return Limit(new ListSyntax(token.Offset, ParseItems(TokenKind.RightBracket, "']'")));
            case TokenKind.LeftBrace:
                Advance();
                return Limit(ParseMap(token.Offset));
            case TokenKind.Dot:
                Advance();
                return ParseName(isAbsolute: true);
            default:
                return ParseName(isAbsolute: false);
        }
    }

    private LiteralSyntax ParseLiteral(Token token)
    {
        if (token.Value.Kind == ValueKind.Int && token.Value.AsInt == long.MinValue)
        {
            throw new ExpressionException("The number does not fit a signed 64-bit integer.", token.Offset);
        }

        Advance();
        return new LiteralSyntax(token.Offset, token.Value, _previousEnd);
    }

    private SyntaxNode ParseName(bool isAbsolute)
    {
        var name = _token;
        if (name.Kind != TokenKind.Identifier)
        {
            throw Unexpected("a value");
        }

        if (Reserved.Contains(name.Text))
        {
            var field = "event." + name.Text;
            throw new ExpressionException($"'{name.Text}' is a reserved word; a field of that name is {field}.", name.Offset, field);
        }

        Advance();
        if (_token.Kind == TokenKind.LeftParenthesis)
        {
            return ParseCall(name, null);
        }

        return new NameSyntax(name.Offset, name.Text, isAbsolute);
    }

    private MapSyntax ParseMap(int offset)
    {
        var entries = new List<SyntaxNode>();
        while (_token.Kind != TokenKind.RightBrace)
        {
            entries.Add(ParseExpression());
            Expect(TokenKind.Colon, "':' between key and value");
            entries.Add(ParseExpression());
            if (_token.Kind != TokenKind.Comma)
            {
                break;
            }

            Advance();
        }

        Expect(TokenKind.RightBrace, "'}'");
        return new MapSyntax(offset, entries);
    }

    private List<SyntaxNode> ParseItems(TokenKind end, string endName)
    {
        var items = new List<SyntaxNode>();
        while (_token.Kind != end)
        {
            items.Add(ParseExpression());
            if (_token.Kind != TokenKind.Comma)
            {
                break;
            }

            Advance();
            if (_token.Kind == end && end == TokenKind.RightParenthesis)
            {
                throw Unexpected("an argument");
            }
        }

        Expect(end, items.Count == 0 ? $"a value or {endName}" : $"',' or {endName}");
        return items;
    }

    private void Enter()
    {
        if (++_nesting > MaxNesting)
        {
            throw new ExpressionException($"The expression is nested more than {MaxNesting} levels.", _token.Offset);
        }
    }

    private void Advance()
    {
        _previousEnd = _lexer.Position;
        _token = _lexer.Next();
    }

    private void Expect(TokenKind kind, string what)
    {
        if (_token.Kind != kind)
        {
            throw Unexpected(what);
        }

        Advance();
    }

    private void ExpectEnd()
    {
        if (_token.Kind != TokenKind.End)
        {
            throw Unexpected("an operator or the end");
        }
    }

    private ExpressionException Unexpected(string expected)
    {
        var found = _token.Kind == TokenKind.End ? "the expression ends" : $"there is {Shown(_token)}";
        return new ExpressionException($"Expected {expected}, but {found}.", _token.Offset);
    }

    private static string Shown(in Token token) =>
        token.Kind == TokenKind.Literal && token.Value.Kind is ValueKind.String or ValueKind.Bytes ? token.Text : $"'{token.Text}'";
}
