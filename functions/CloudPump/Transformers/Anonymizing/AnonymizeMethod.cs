using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>How a field is anonymized: exactly one of these.</summary>
[OneOf]
public sealed class AnonymizeMethod
{
    /// <summary>Truncate an address.</summary>
    [Option("Keep the network of an IP address (by default a /24 of IPv4, a /48 of IPv6); what is no address is removed.")]
    public TruncateAddress? Truncate { get; set; }

    /// <summary>Keyed hash.</summary>
    [Option("Replace by a keyed hash (HMAC-SHA-256, 32 hex digits): the same value gives the same pseudonym under the same key.")]
    public KeyedHash? Hash { get; set; }

    /// <summary>E-mail address.</summary>
    [Option("Hide who an e-mail address belongs to, and keep its domain; what is no e-mail address is removed.")]
    public MaskEmail? Email { get; set; }

    /// <summary>Telephone number.</summary>
    [Option("Mask a telephone number but for its first and last digits; what is none is removed.")]
    public MaskPhone? Phone { get; set; }

    /// <summary>Card number.</summary>
    [Option("Mask the number of a payment card but for its last digits; what is none (by Luhn's check digit) is removed.")]
    public MaskCard? Card { get; set; }

    /// <summary>Free text.</summary>
    [Option("Find e-mail addresses, telephone and card numbers, IP addresses and names in free text, and put something else in their place.")]
    public CleanText? Text { get; set; }

    /// <summary>Mask.</summary>
    [Option("Replace letters and digits by *; some may be kept at either end.")]
    public MaskText? Mask { get; set; }

    /// <summary>Drop.</summary>
    [Option("Remove the field.")]
    public DropField? Drop { get; set; }

    /// <summary>The method as something that runs.</summary>
    internal IAnonymizer Build(BuildContext context)
    {
        IAnonymizeOptions?[] given = [Truncate, Hash, Email, Phone, Card, Text, Mask, Drop];
        return (Array.Find(given, g => g is not null) ?? new DropField()).Build(context);
    }
}
