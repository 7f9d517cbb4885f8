using System.Text;
using CloudPump.Pipelines;

namespace CloudPump.Expressions;

/// <summary>Arguments that are nearly always constants, and whose text must be right: patterns, zones, networks, algorithms.</summary>
internal static class ConstantArguments
{
    /// <summary>Looks at the arguments of a call that are constant.</summary>
    /// <exception cref="ExpressionException">One of them can never be taken.</exception>
    public static void Check(CallSyntax call, StaticValue[] arguments)
    {
        switch (call.Function)
        {
            case "hash" when arguments is [_, { Constant: { Kind: ValueKind.String } algorithm }]:
                CheckAlgorithm(Text(algorithm), call.Arguments[1]);
                break;
            case "hmac" when arguments[1].Constant is { Kind: ValueKind.String, Bytes.IsEmpty: true }:
                throw new ExpressionException("The key of 'hmac' is empty, so that it would keep nothing secret.", SyntaxStart.Of(call.Arguments[1]));
            case "ip_in":
                CheckNetworks(call.Arguments[1], arguments[1]);
                break;
            case "format_time":
                CheckPattern(call.Arguments[1], arguments[1]);
                CheckZone(call, arguments, 2);
                break;
            case { } name when call.IsMember && name.StartsWith("get", StringComparison.Ordinal):
                CheckZone(call, arguments, 1);
                break;
        }
    }

    /// <summary>What to say when a call that reads a text fails for a constant; null for other calls.</summary>
    public static string? ReadingMistake(CallSyntax call) => call.Function switch
    {
        "timestamp" => "'timestamp' takes a time such as '2026-10-10T13:55:36Z' (RFC 3339, the years 1 to 9999), or seconds since 1970.",
        "duration" => "'duration' takes a text such as '90s', '5m', '1h30m' or '7d', of at most 292 years.",
        "int" => "'int' takes a whole number of 64 bits, such as '42'.",
        "uint" => "'uint' takes a whole number of 64 bits that is not negative, such as '42'.",
        "double" => "'double' takes a number, such as '1.5'.",
        "bool" => "'bool' takes 'true' or 'false'.",
        "string" => "'string' takes bytes only when they are UTF-8.",
        "base64.decode" => "'base64.decode' takes base64, such as 'aGVsbG8='.",
        "parse_url" => "'parse_url' takes a URL such as 'https://example.com/path?a=1', or '/path?a=1'.",
        "ip_in" => "'ip_in' takes an IP address, such as '10.1.2.3' or '2001:db8::1'.",
        _ => null,
    };

    private static void CheckAlgorithm(string name, SyntaxNode node)
    {
        if (!DigestFunctions.Algorithms.Contains(name, StringComparer.Ordinal))
        {
            var suggestion = Nearest.Find(name, DigestFunctions.Algorithms);
            throw new ExpressionException(
                $"'hash' knows {string.Join(", ", DigestFunctions.Algorithms)}, not '{name}'.{Nearest.Hint(name, DigestFunctions.Algorithms)}", SyntaxStart.Of(node), suggestion);
        }
    }

    private static void CheckNetworks(SyntaxNode node, StaticValue networks)
    {
        if (node is ListSyntax list)
        {
            foreach (var item in list.Items.OfType<LiteralSyntax>())
            {
                CheckNetwork(item, item.Value);
            }
        }
        else if (networks.Constant is { Kind: ValueKind.String } network)
        {
            CheckNetwork(node, network);
        }
    }

    private static void CheckNetwork(SyntaxNode node, in Value network)
    {
        if (network.Kind != ValueKind.String)
        {
            throw new ExpressionException($"'ip_in' takes networks as strings, not {KindNames.Of(network.Kind)}.", node.Offset);
        }

        if (!IpNetwork.TryParse(network.Bytes, out _))
        {
            var meant = IpNetwork.Suggestion(network.Bytes);
            var hint = meant is null ? "such as 10.0.0.0/8 or 2001:db8::/32" : $"since it has bits beyond its length. Did you mean '{meant}'?";
            throw new ExpressionException($"'{Text(network)}' is no network, {hint}", SyntaxStart.Of(node), meant);
        }
    }

    private static void CheckPattern(SyntaxNode node, StaticValue pattern)
    {
        if (pattern.Constant is { Kind: ValueKind.String } text && TimePattern.TryParse(Text(text), out var offset, out var error) is null)
        {
            throw new ExpressionException($"The pattern of 'format_time' is wrong at its character {offset + 1}: {error}.", SyntaxStart.Of(node));
        }
    }

    private static void CheckZone(CallSyntax call, StaticValue[] arguments, int place)
    {
        if (place < arguments.Length && arguments[place].Constant is { Kind: ValueKind.String } zone && !Zone.TryFind(zone.Bytes, out _))
        {
            throw new ExpressionException(
                $"There is no time zone '{Text(zone)}'; zones are named as 'Europe/Berlin', 'UTC' or '+02:00'.", SyntaxStart.Of(call.Arguments[place]));
        }
    }

    private static string Text(in Value value) => Encoding.UTF8.GetString(value.Bytes);
}
