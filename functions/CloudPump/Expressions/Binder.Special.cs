using System.Text;
using CloudPump.Pipelines;

namespace CloudPump.Expressions;

/// <content>Functions with nodes of their own: what is constant is read once, what is keyed keeps its state.</content>
internal sealed partial class Binder
{
    private Node? TryBindSpecial(CallSyntax call, Overload overload, Node[] arguments) => call.Function switch
    {
        LookupFunctions.Name => BindLookup(call, arguments),
        "hmac" => Folding.TryFold(new HmacNode(overload.Two!, arguments[0], arguments[1]), arguments),
        "ip_in" => BindIpIn(arguments),
        "format_time" => BindFormatTime(arguments),
        _ => null,
    };

    private LookupNode BindLookup(CallSyntax call, Node[] arguments)
    {
        if (call.Arguments[0] is not LiteralSyntax { Value.Kind: ValueKind.String } literal)
        {
            throw new ExpressionException("'lookup' names its table with a text, as in lookup('cells', cell_id).", call.Arguments[0].Offset);
        }

        var name = Encoding.UTF8.GetString(literal.Value.Bytes);
        var table = lookups?.Find(name);
        if (lookups is not null && table is null)
        {
            var suggestion = Nearest.Find(name, lookups.Names);
            throw new ExpressionException($"There is no lookup table '{name}'.{(suggestion is null ? "" : $" Did you mean '{suggestion}'?")}", literal.Offset, suggestion);
        }

        var otherwise = arguments.Length > 2 ? arguments[2] : null;
        return call.Arguments[1] is ListSyntax { Items.Count: > 0 } list
            ? new LookupNode(name, table, BindAll(list.Items), isList: true, otherwise)
            : new LookupNode(name, table, [arguments[1]], isList: false, otherwise);
    }

    private static Node? BindIpIn(Node[] arguments) =>
        arguments[1] is ConstantNode constant && IpFunctions.Constants(constant.Value) is { } networks
            ? Folding.TryFold(new IpInNode(arguments[0], networks, constant.Value.Kind), [arguments[0]])
            : null;

    private static Node? BindFormatTime(Node[] arguments)
    {
        if (arguments[1] is not ConstantNode { Value.Kind: ValueKind.String } pattern
            || TimePattern.TryParse(Encoding.UTF8.GetString(pattern.Value.Bytes), out _, out _) is not { } parsed)
        {
            return null;
        }

        var zone = Zone.Utc;
        var hasZone = arguments.Length < 3
            || (arguments[2] is ConstantNode { Value.Kind: ValueKind.String } name && Zone.TryFind(name.Value.Bytes, out zone));
        return hasZone ? Folding.TryFold(new FormatTimeNode(arguments[0], parsed, zone!), [arguments[0]]) : null;
    }
}
