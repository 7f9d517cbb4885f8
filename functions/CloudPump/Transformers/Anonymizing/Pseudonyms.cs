using System.Security.Cryptography;
using System.Text;
using CloudPump.Events;

namespace CloudPump.Transformers;

/// <summary>The pseudonyms under one key. Those of recent values are kept: a hash costs fifty times a look-up.</summary>
internal sealed class Pseudonyms(byte[] key)
{
    private const int Kept = 16_384;
    private const int LongestKept = 256;
    private const int HashLength = 16;
    private readonly Dictionary<byte[], byte[]> _known = new(BytesComparer.Instance);

    /// <summary>The pseudonym of a text: 32 hex digits, valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> text)
    {
        if (text.Length > LongestKept)
        {
            return Compute(text);
        }

        var lookup = _known.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(text, out var pseudonym))
        {
            pseudonym = Compute(text);
            if (_known.Count >= Kept)
            {
                _known.Clear();
            }

            lookup[text] = pseudonym;
        }

        return pseudonym;
    }

    private byte[] Compute(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, text, hash);
        return Encoding.ASCII.GetBytes(System.Convert.ToHexStringLower(hash[..HashLength]));
    }
}
