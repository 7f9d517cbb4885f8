namespace CloudPump.Expressions;

/// <summary>`ip_in`: whether an address lies in a network, or in one of a list.</summary>
internal static class IpFunctions
{
    private static readonly EvaluationError NotAddress = new("the text is no IP address");
    private static readonly EvaluationError NotNetwork = new("the text is no network, such as 10.0.0.0/8 or 2001:db8::/32");

    public static IEnumerable<Overload> All => [Overload.Of("ip_in", true, In)];

    /// <summary>The networks that a constant names; null when it names none, or has an item that is no network.</summary>
    public static IpNetwork[]? Constants(in Value value)
    {
        var items = value.Reference is ListValue list ? list.Items : [value];
        var networks = new IpNetwork[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i].Kind != ValueKind.String || !IpNetwork.TryParse(items[i].Bytes, out networks[i]))
            {
                return null;
            }
        }

        return networks;
    }

    /// <summary>Whether an address, given as text, lies in any of the networks.</summary>
    public static Value In(in Value address, ReadOnlySpan<IpNetwork> networks)
    {
        if (!IpNetwork.TryReadAddress(address.Bytes, out var bits, out var length))
        {
            return Value.OfError(NotAddress);
        }

        foreach (ref readonly var network in networks)
        {
            if (network.Contains(bits, length))
            {
                return Value.Of(true);
            }
        }

        return Value.Of(false);
    }

    private static Value In(Scope scope, in Value address, in Value networks)
    {
        if (address.Kind != ValueKind.String || networks.Kind is not (ValueKind.String or ValueKind.List))
        {
            return Overload.None;
        }

        if (networks.Kind == ValueKind.String)
        {
            return InOne(address, networks);
        }

        var found = In(address, []);
        for (var walker = new Walker(networks); !found.IsError && walker.Next(scope, out _, out var network);)
        {
            if (!scope.Spend() || network.Kind != ValueKind.String)
            {
                return network.Kind == ValueKind.String ? Value.OfError(EvaluationError.TooMuchWork) : Overload.None;
            }

            var one = InOne(address, network);
            found = one.IsError || one.AsBool ? one : found;
        }

        return found;
    }

    private static Value InOne(in Value address, in Value network) =>
        IpNetwork.TryParse(network.Bytes, out var parsed) ? In(address, [parsed]) : Value.OfError(NotNetwork);
}
