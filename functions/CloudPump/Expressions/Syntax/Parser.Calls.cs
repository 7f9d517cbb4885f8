using CloudPump.Pipelines;

namespace CloudPump.Expressions;

/// <content>Calls: what is a macro, what a function, and whether there is such a one.</content>
internal sealed partial class Parser
{
    /// <summary>The whole text as a call of any function; false when it does not begin as one.</summary>
    public bool TryParseCall(out string function, out List<(SyntaxNode Root, int Start, string Text)> arguments)
    {
        arguments = [];
        function = _token.Text;
        if (_token.Kind != TokenKind.Identifier)
        {
            return false;
        }

        Advance();
        if (_token.Kind != TokenKind.LeftParenthesis)
        {
            return false;
        }

        Advance();
        while (_token.Kind != TokenKind.RightParenthesis)
        {
            var start = _token.Offset;
            var root = ParseExpression();
            arguments.Add((root, start, _text[start.._previousEnd]));
            if (_token.Kind != TokenKind.Comma)
            {
                break;
            }

            Advance();
        }

        Expect(TokenKind.RightParenthesis, "',' or ')'");
        ExpectEnd();
        return true;
    }

    private SyntaxNode ParseCall(Token name, SyntaxNode? receiver)
    {
        Advance();
        var arguments = ParseItems(TokenKind.RightParenthesis, "')'");
        if (Macros.TryExpand(name, receiver, arguments, out var expanded))
        {
            return expanded;
        }

        if (receiver is not null && PathOf(receiver) is { } path && FunctionTable.Default.Has($"{path}.{name.Text}", isMember: false))
        {
            return Checked(new CallSyntax(name.Offset, $"{path}.{name.Text}", false, arguments));
        }

        if (receiver is not null)
        {
            arguments.Insert(0, receiver);
        }

        return Checked(new CallSyntax(name.Offset, name.Text, receiver is not null, arguments));
    }

    private CallSyntax Checked(CallSyntax call)
    {
        Limit(call);
        if (_isChecked && FunctionTable.Default.Find(call.Function, call.IsMember, call.Arguments.Count) is null)
        {
            throw FunctionTable.Default.Has(call.Function, call.IsMember) ? WrongCount(call) : Unknown(call);
        }

        return call;
    }

    private static ExpressionException WrongCount(CallSyntax call)
    {
        var receiver = call.IsMember ? 1 : 0;
        var counts = string.Join(" or ", FunctionTable.Default.Counts(call.Function, call.IsMember).Select(c => c - receiver));
        return new ExpressionException($"'{call.Function}' takes {counts} argument(s), but here are {call.Arguments.Count - receiver}.", call.Offset);
    }

    private static ExpressionException Unknown(CallSyntax call)
    {
        if (FunctionTable.Default.Has(call.Function, !call.IsMember))
        {
            var shape = call.IsMember ? $"{call.Function}(value)" : $"value.{call.Function}(...)";
            return new ExpressionException($"'{call.Function}' is called as {shape}.", call.Offset);
        }

        var names = FunctionTable.Default.Names.Concat(Macros.Names);
        var suggestion = Nearest.Find(call.Function, names);
        var hint = suggestion is null ? "" : $" Did you mean '{suggestion}'?";
        return new ExpressionException($"There is no function '{call.Function}'.{hint}", call.Offset, suggestion);
    }

    private static string? PathOf(SyntaxNode node) => node switch
    {
        NameSyntax name => name.Name,
        SelectSyntax { IsTest: false } select => PathOf(select.Operand) is { } path ? $"{path}.{select.Name}" : null,
        _ => null,
    };
}
