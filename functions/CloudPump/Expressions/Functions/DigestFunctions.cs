using System.Buffers.Binary;
using System.Security.Cryptography;
using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>`hash` and `hmac`: digests of texts and bytes, as hexadecimal text.</summary>
internal static class DigestFunctions
{
    /// <summary>Why `hmac` refuses an empty key: it would keep nothing secret.</summary>
    public const string EmptyKeyReason = "the key of 'hmac' is empty";

    private static readonly EvaluationError UnknownAlgorithm = new("the algorithm is none of " + string.Join(", ", Algorithms));
    private static readonly EvaluationError EmptyKey = new(EmptyKeyReason);

    /// <summary>The names of the algorithms that `hash` takes.</summary>
    public static IReadOnlyList<string> Algorithms => ["sha256", "sha512", "sha384", "sha1", "md5", "xxh64"];

    public static IEnumerable<Overload> All =>
    [
        Overload.Of("hash", false, (Scope scope, in Value a) => IsBinary(a) ? Digest(scope, "sha256"u8, a.Bytes) : Overload.None),
        Overload.Of("hash", false, (Scope scope, in Value a, in Value algorithm) =>
            IsBinary(a) && algorithm.Kind == ValueKind.String ? Digest(scope, algorithm.Bytes, a.Bytes) : Overload.None),
        Overload.Of("hmac", false, Hmac),
    ];

    /// <summary>Whether the value is text or bytes.</summary>
    public static bool IsBinary(in Value value) => value.Kind is ValueKind.String or ValueKind.Bytes;

    private static Value Digest(Scope scope, ReadOnlySpan<byte> algorithm, ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        var length = Digest(algorithm, data, digest);
        return length > 0 ? HexText.Of(scope, digest[..length]) : Value.OfError(UnknownAlgorithm);
    }

    /// <summary>Computes a digest; returns its length, 0 for an unknown algorithm.</summary>
    // MD5 and SHA-1 are there to meet what other systems have computed, not to protect anything.
    public static int Digest(ReadOnlySpan<byte> algorithm, ReadOnlySpan<byte> data, Span<byte> digest)
    {
        switch (algorithm)
        {
            case var _ when algorithm.SequenceEqual("sha256"u8):
                return SHA256.HashData(data, digest);
            case var _ when algorithm.SequenceEqual("sha512"u8):
                return SHA512.HashData(data, digest);
            case var _ when algorithm.SequenceEqual("sha384"u8):
                return SHA384.HashData(data, digest);
            case var _ when algorithm.SequenceEqual("sha1"u8):
                return SHA1.HashData(data, digest);
            case var _ when algorithm.SequenceEqual("md5"u8):
                return MD5.HashData(data, digest);
            case var _ when algorithm.SequenceEqual("xxh64"u8):
                BinaryPrimitives.WriteUInt64BigEndian(digest, StableHash.Of(data));
                return sizeof(ulong);
            default:
                return 0;
        }
    }

    // What running expressions call is HmacNode, which keeps the keyed state; this is the same in one go.
    private static Value Hmac(Scope scope, in Value a, in Value key)
    {
        if (!IsBinary(a) || key.Kind != ValueKind.String)
        {
            return Overload.None;
        }

        if (key.Bytes.IsEmpty)
        {
            return Value.OfError(EmptyKey);
        }

        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Bytes, a.Bytes, digest);
        return HexText.Of(scope, digest);
    }
}
