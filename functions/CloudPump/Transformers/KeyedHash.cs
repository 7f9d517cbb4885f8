using System.Security.Cryptography;
using System.Text;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>HMAC-SHA-256 (RFC 2104), its first 16 bytes as hex digits. Pseudonyms of recent values are kept: a hash costs fifty times a look-up.</summary>
public sealed class KeyedHash : IAnonymizeOptions
{
    /// <summary>The key.</summary>
    [Option("The key; take it from the environment.", Required = true, Secret = true)]
    public string Key { get; set; } = "";

    IAnonymizer IAnonymizeOptions.Build() => new Hasher(Encoding.UTF8.GetBytes(Key));

    private sealed class Hasher(byte[] key) : IAnonymizer
    {
        private const int Kept = 16_384;
        private const int LongestKept = 256;
        private const int HashLength = 16;
        private readonly Dictionary<string, byte[]> _pseudonyms = new(StringComparer.Ordinal);

        public bool TryReplace(ReadOnlySpan<byte> text, ByteBuffer result)
        {
            var known = _pseudonyms.GetAlternateLookup<ReadOnlySpan<char>>();
            if (text.Length > LongestKept)
            {
                result.Write(Compute(text));
                return true;
            }

            Span<char> chars = stackalloc char[LongestKept];
            var word = chars[..Encoding.UTF8.GetChars(text, chars)];
            if (!known.TryGetValue(word, out var pseudonym))
            {
                pseudonym = Compute(text);
                if (_pseudonyms.Count >= Kept)
                {
                    _pseudonyms.Clear();
                }

                _pseudonyms[word.ToString()] = pseudonym;
            }

            result.Write(pseudonym);
            return true;
        }

        private byte[] Compute(ReadOnlySpan<byte> text)
        {
            Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(key, text, hash);
            return Encoding.ASCII.GetBytes(System.Convert.ToHexStringLower(hash[..HashLength]));
        }
    }
}
