using System.Security.Cryptography;

namespace CloudPump.Expressions;

/// <summary>`hmac(value, key)`: the keyed state is made once and stays for as long as the key is the same.</summary>
internal sealed class HmacNode(Function2 oneShot, Node value, Node key) : Node
{
    private readonly OverloadError _noOverload = new("hmac");
    private IncrementalHash? _hmac;
    private byte[] _key = [];

    public override Value Evaluate(Scope scope)
    {
        var data = value.Evaluate(scope);
        if (data.IsError)
        {
            return data;
        }

        var secret = key.Evaluate(scope);
        if (secret.IsError)
        {
            return secret;
        }

        if (!DigestFunctions.IsBinary(data) || secret.Kind != ValueKind.String || secret.Bytes.IsEmpty)
        {
            var result = oneShot(scope, data, secret);
            return ReferenceEquals(result.Reference, Overload.None.Reference) ? _noOverload.For(data.Kind, secret.Kind) : result;
        }

        return Digest(scope, data.Bytes, secret.Bytes);
    }

    private Value Digest(Scope scope, ReadOnlySpan<byte> data, ReadOnlySpan<byte> secret)
    {
        if (_hmac is null || !secret.SequenceEqual(_key))
        {
            _hmac?.Dispose();
            _key = secret.ToArray();
            _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        }

        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _hmac.AppendData(data);
        _hmac.GetHashAndReset(digest);
        return HexText.Of(scope, digest);
    }
}
