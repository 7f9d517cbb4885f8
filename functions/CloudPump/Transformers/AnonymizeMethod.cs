using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>How a field is anonymized: exactly one of these.</summary>
[OneOf]
public sealed class AnonymizeMethod
{
    /// <summary>Truncate an address.</summary>
    [Option("Keep the network of an IP address (a /24 of IPv4, a /48 of IPv6); what is no address is removed.")]
    public TruncateAddress? Truncate { get; set; }

    /// <summary>Keyed hash.</summary>
    [Option("Replace by a keyed hash (HMAC-SHA-256, 32 hex digits): the same value gives the same pseudonym under the same key.")]
    public KeyedHash? Hash { get; set; }

    /// <summary>Mask.</summary>
    [Option("Replace letters and digits by *; some may be kept at either end.")]
    public MaskText? Mask { get; set; }

    /// <summary>Drop.</summary>
    [Option("Remove the field.")]
    public DropField? Drop { get; set; }

    /// <summary>The method as something that runs.</summary>
    internal IAnonymizer Build() => ((IAnonymizeOptions?)Truncate ?? (IAnonymizeOptions?)Hash ?? (IAnonymizeOptions?)Mask ?? Drop ?? new DropField()).Build();
}
