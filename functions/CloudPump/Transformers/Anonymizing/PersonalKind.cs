namespace CloudPump.Transformers;

/// <summary>What is looked for in free text.</summary>
public enum PersonalKind
{
    /// <summary>E-mail addresses.</summary>
    Email,

    /// <summary>IP addresses.</summary>
    Ip,

    /// <summary>Numbers of payment cards.</summary>
    Card,

    /// <summary>Telephone numbers.</summary>
    Phone,

    /// <summary>Names of people.</summary>
    Name,
}
