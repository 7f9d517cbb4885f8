using System.Globalization;

namespace CloudPump.Expressions;

/// <content>Numbers.</content>
internal sealed partial class Lexer
{
    // The magnitude of the smallest int is no int itself; the parser takes it back when a minus stands before it.
    internal const ulong MinimumMagnitude = 1UL << 63;

    private Token Number()
    {
        var start = _at;
        if (Peek(0) == '0' && Peek(1) is 'x' or 'X')
        {
            return Hexadecimal(start);
        }

        SkipDigits();
        var isDouble = false;
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isDouble = true;
            _at++;
            SkipDigits();
        }

        isDouble |= Exponent();
        return DistanceUnit() is > 0 and var unit ? Distance(start, unit) : isDouble ? Double(start) : Integer(start, text[start.._at], NumberStyles.None);
    }

    private bool Exponent()
    {
        var sign = Peek(1) is '+' or '-' ? 1 : 0;
        if (Peek(0) is not ('e' or 'E') || !char.IsAsciiDigit(Peek(1 + sign)))
        {
            return false;
        }

        _at += 1 + sign;
        SkipDigits();
        return true;
    }

    // `5km` and `500m` are texts, so that they are taken for distances alone: a duration is never five metres.
    private int DistanceUnit()
    {
        var unit = Peek(0) == 'm' ? 1 : Peek(0) == 'k' && Peek(1) == 'm' ? 2 : 0;
        return char.IsAsciiLetterOrDigit(Peek(unit)) || Peek(unit) == '_' ? 0 : unit;
    }

    private Token Distance(int start, int unit)
    {
        _at += unit;
        var word = text[start.._at];
        return new Token(TokenKind.Literal, start, word, Value.Of(word));
    }

    private Token Double(int start)
    {
        RejectSuffix();
        var word = text[start.._at];
        return new Token(TokenKind.Literal, start, word, Value.Of(double.Parse(word, NumberStyles.Float, CultureInfo.InvariantCulture)));
    }

    private Token Hexadecimal(int start)
    {
        _at += 2;
        while (char.IsAsciiHexDigit(Peek(0)))
        {
            _at++;
        }

        return Integer(start, text[(start + 2).._at], NumberStyles.AllowHexSpecifier);
    }

    private Token Integer(int start, string digits, NumberStyles style)
    {
        if (!ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out var number))
        {
            throw new ExpressionException("The number does not fit 64 bits.", start);
        }

        if (Peek(0) is 'u' or 'U')
        {
            _at++;
            RejectSuffix();
            return new Token(TokenKind.Literal, start, text[start.._at], Value.Of(number));
        }

        RejectSuffix();
        if (number > MinimumMagnitude)
        {
            throw new ExpressionException("The number does not fit a signed 64-bit integer; write a 'u' after it for an unsigned one.", start);
        }

        return new Token(TokenKind.Literal, start, text[start.._at], Value.Of((long)number));
    }

    private void RejectSuffix()
    {
        if (char.IsAsciiLetterOrDigit(Peek(0)) || Peek(0) == '_')
        {
            throw new ExpressionException($"A number cannot be followed by '{Peek(0)}'.", _at);
        }
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek(0)))
        {
            _at++;
        }
    }
}
