using System.Text;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>
/// HMAC-SHA-256 (RFC 2104), its first 16 bytes as hex digits. With keys from a connection the key's id stands before it, `k2.8c6012…`, and which key counts is told by the time the event was
/// received: so keys change without a stop, the same event has the same pseudonym whenever it comes again, and old pseudonyms are known by their key.
/// </summary>
public sealed class KeyedHash : IAnonymizeOptions
{
    /// <summary>The key.</summary>
    [Option("The key; take it from the environment.", Secret = true)]
    public string? Key { get; set; }

    /// <summary>Keys that change.</summary>
    [Option("The connection that has the keys, of the kind keys: for keys that are changed from time to time.", Connection = "keys")]
    public string? Connection { get; set; }

    IAnonymizer IAnonymizeOptions.Build(BuildContext context)
    {
        if (Connection is null)
        {
            return new Hasher([(long.MinValue, [], new Pseudonyms(Encoding.UTF8.GetBytes(Key ?? "")))]);
        }

        var keys = context.Connections.Find<KeysConnection>(Connection)?.Keys
            ?? throw new DefinitionException([new Diagnostic(default, $"There is no connection '{Connection}' of the kind keys.")]);
        return new Hasher([.. keys.Select(k => (KeysConnection.Start(k), Encoding.UTF8.GetBytes(k.Id + "."), new Pseudonyms(Encoding.UTF8.GetBytes(k.Key))))]);
    }

    private sealed class Hasher((long From, byte[] Mark, Pseudonyms Pseudonyms)[] keys) : IAnonymizer
    {
        public bool TryReplace(ReadOnlySpan<byte> text, long received, ByteBuffer result)
        {
            var i = keys.Length - 1;
            while (i > 0 && keys[i].From > received)
            {
                i--;
            }

            result.Write(keys[i].Mark);
            result.Write(keys[i].Pseudonyms.Of(text));
            return true;
        }
    }
}
