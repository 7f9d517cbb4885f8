namespace CloudPump.Expressions;

/// <summary>Where a part of an expression begins; a node's own offset is that of its operator or name.</summary>
internal static class SyntaxStart
{
    public static int Of(SyntaxNode node)
    {
        while (true)
        {
            var before = node switch
            {
                SelectSyntax select => select.Operand,
                LoopSyntax loop => loop.Range,
                CallSyntax { Arguments.Count: > 0 } call when call.IsMember || (call.Function[0] is '_' or '@') => call.Arguments[0],
                _ => null,
            };
            if (before is null)
            {
                return node.Offset;
            }

            node = before;
        }
    }
}
