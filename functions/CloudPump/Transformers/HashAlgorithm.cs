namespace CloudPump.Transformers;

/// <summary>How a digest is computed.</summary>
public enum HashAlgorithm
{
    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-384.</summary>
    Sha384,

    /// <summary>SHA-512.</summary>
    Sha512,

    /// <summary>SHA-1: only to meet what other systems have computed.</summary>
    Sha1,

    /// <summary>MD5: only to meet what other systems have computed.</summary>
    Md5,

    /// <summary>XXH64: quick, not for secrets.</summary>
    Xxh64,
}
