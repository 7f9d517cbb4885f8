using System.Text;
using CloudPump.Events;

namespace CloudPump.Expressions;

/// <content>Strings and bytes.</content>
internal sealed partial class Lexer
{
    // The length of r, b, rb or br before a quote; 0 when there is none.
    private int StringPrefix()
    {
        var length = 0;
        var (raw, bytes) = (false, false);
        for (; length < 2; length++)
        {
            var c = char.ToLowerInvariant(Peek(length));
            if ((c == 'r' && !raw) || (c == 'b' && !bytes))
            {
                raw |= c == 'r';
                bytes |= c == 'b';
            }
            else
            {
                break;
            }
        }

        return Peek(length) is '"' or '\'' ? length : 0;
    }

    private Token String()
    {
        var start = _at;
        var prefix = text.Substring(_at, StringPrefix());
        var isRaw = prefix.Contains('r', StringComparison.OrdinalIgnoreCase);
        var isBytes = prefix.Contains('b', StringComparison.OrdinalIgnoreCase);
        _at += prefix.Length;
        var quote = Peek(0);
        var length = Peek(1) == quote && Peek(2) == quote ? 3 : 1;
        _at += length;
        var content = new ByteBuffer(32);
        while (!AtQuote(quote, length))
        {
            if (_at >= text.Length || (length == 1 && Peek(0) is '\n' or '\r'))
            {
                throw new ExpressionException($"The string has no closing {new string(quote, length)}.", start);
            }

            Character(content, isRaw, isBytes);
        }

        _at += length;
        var value = content.Written.ToArray();
        return new Token(TokenKind.Literal, start, "a string", isBytes ? Value.OfBytes(value) : Value.OfText(value));
    }

    private bool AtQuote(char quote, int length)
    {
        for (var i = 0; i < length; i++)
        {
            if (Peek(i) != quote)
            {
                return false;
            }
        }

        return true;
    }

    private void Character(ByteBuffer content, bool isRaw, bool isBytes)
    {
        if (Peek(0) == '\\' && !isRaw)
        {
            Escape(content, isBytes);
            return;
        }

        // Half of a surrogate pair becomes U+FFFD: the text must stay UTF-8.
        _ = Rune.DecodeFromUtf16(text.AsSpan(_at), out var rune, out var used);
        WriteRune(content, rune);
        _at += used;
    }

    private void Escape(ByteBuffer content, bool isBytes)
    {
        var start = _at;
        var c = Peek(1);
        _at += 2;
        var simple = "abfnrtv\\'\"`?".IndexOf(c);
        if (simple >= 0 && c != '\0')
        {
            content.WriteByte((byte)"\a\b\f\n\r\t\v\\'\"`?"[simple]);
            return;
        }

        var code = c switch
        {
            'x' or 'X' => Digits(2, 16, start),
            'u' => Digits(4, 16, start),
            'U' => Digits(8, 16, start),
            >= '0' and <= '3' => Octal(start),
            _ => throw new ExpressionException($"'\\{c}' is no escape.", start),
        };
        if (isBytes && c is not ('u' or 'U'))
        {
            content.WriteByte((byte)code);
        }
        else if (Rune.TryCreate(code, out var rune))
        {
            WriteRune(content, rune);
        }
        else
        {
            throw new ExpressionException("The escape is no Unicode character.", start);
        }
    }

    private uint Octal(int start)
    {
        _at--;
        return Digits(3, 8, start);
    }

    private uint Digits(int count, uint radix, int start)
    {
        uint code = 0;
        for (var i = 0; i < count; i++, _at++)
        {
            var c = Peek(0);
            var digit = char.IsAsciiHexDigit(c) ? (uint)Convert.ToInt32(c.ToString(), 16) : uint.MaxValue;
            if (digit >= radix)
            {
                throw new ExpressionException($"The escape needs {count} digits.", start);
            }

            code = (code * radix) + digit;
        }

        return code;
    }

    private static void WriteRune(ByteBuffer content, Rune rune) => content.Advance(rune.EncodeToUtf8(content.GetSpan(4)));
}
