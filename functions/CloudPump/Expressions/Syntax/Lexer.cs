namespace CloudPump.Expressions;

/// <summary>Cuts the text of an expression into tokens.</summary>
internal sealed partial class Lexer(string text)
{
    private int _at;

    /// <summary>Where the next token is looked for.</summary>
    public int Position => _at;

    /// <summary>The next token; <see cref="TokenKind.End"/> for ever at the end.</summary>
    public Token Next()
    {
        SkipSpace();
        if (_at >= text.Length)
        {
            return new Token(TokenKind.End, text.Length, "the end");
        }

        var c = text[_at];
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            return Number();
        }

        if (c is '"' or '\'' || StringPrefix() > 0)
        {
            return String();
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            return Word();
        }

        return c == '`' ? Quoted() : Symbol();
    }

    private char Peek(int distance) => _at + distance < text.Length ? text[_at + distance] : '\0';

    private void SkipSpace()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                _at++;
            }
            else if (text[_at] == '/' && Peek(1) == '/')
            {
                var end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private Token Word()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek(0)) || Peek(0) == '_')
        {
            _at++;
        }

        var word = text[start.._at];
        return word switch
        {
            "true" => new Token(TokenKind.Literal, start, word, Value.Of(true)),
            "false" => new Token(TokenKind.Literal, start, word, Value.Of(false)),
            "null" => new Token(TokenKind.Literal, start, word, Value.Null),
            "in" => new Token(TokenKind.In, start, word),
            _ => new Token(TokenKind.Identifier, start, word),
        };
    }

    private Token Quoted()
    {
        var start = _at;
        var end = text.IndexOf('`', _at + 1);
        if (end < 0)
        {
            throw new ExpressionException("The quoted name has no closing backtick.", start);
        }

        _at = end + 1;
        return new Token(TokenKind.QuotedIdentifier, start, text[(start + 1)..end]);
    }

    private Token Symbol()
    {
        var start = _at;
        var two = _at + 1 < text.Length ? text.Substring(_at, 2) : "";
        var kind = two switch
        {
            "&&" => TokenKind.And,
            "||" => TokenKind.Or,
            "==" => TokenKind.Equal,
            "!=" => TokenKind.NotEqual,
            "<=" => TokenKind.LessEqual,
            ">=" => TokenKind.GreaterEqual,
            _ => TokenKind.End,
        };
        _at += kind == TokenKind.End ? 1 : 2;
        return kind == TokenKind.End ? new Token(Single(text[start], start), start, text[start].ToString()) : new Token(kind, start, two);
    }

    private static TokenKind Single(char c, int offset) => c switch
    {
        '(' => TokenKind.LeftParenthesis,
        ')' => TokenKind.RightParenthesis,
        '[' => TokenKind.LeftBracket,
        ']' => TokenKind.RightBracket,
        '{' => TokenKind.LeftBrace,
        '}' => TokenKind.RightBrace,
        '.' => TokenKind.Dot,
        ',' => TokenKind.Comma,
        ':' => TokenKind.Colon,
        '?' => TokenKind.Question,
        '+' => TokenKind.Plus,
        '-' => TokenKind.Minus,
        '*' => TokenKind.Star,
        '/' => TokenKind.Slash,
        '%' => TokenKind.Percent,
        '!' => TokenKind.Not,
        '<' => TokenKind.Less,
        '>' => TokenKind.Greater,
        '=' => throw new ExpressionException("Equality is written '=='.", offset, "=="),
        '&' => throw new ExpressionException("'And' is written '&&'.", offset, "&&"),
        '|' => throw new ExpressionException("'Or' is written '||'.", offset, "||"),
        _ => throw new ExpressionException($"The character '{c}' has no meaning here.", offset),
    };
}
