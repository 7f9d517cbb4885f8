using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>Replaces the part before the @ of an e-mail address.</summary>
public sealed class MaskEmail : IAnonymizeOptions
{
    /// <summary>The key.</summary>
    [Option("Puts a pseudonym under this key in its place, and not ***; take it from the environment.", Secret = true)]
    public string? Key { get; set; }

    IAnonymizer IAnonymizeOptions.Build(BuildContext context) => new Masker(Key is null ? null : new Pseudonyms(System.Text.Encoding.UTF8.GetBytes(Key)));

    private sealed class Masker(Pseudonyms? pseudonyms) : IAnonymizer
    {
        public bool TryReplace(ReadOnlySpan<byte> text, long received, ByteBuffer result)
        {
            if (PersonalText.EmailLength(text) != text.Length)
            {
                return false;
            }

            var at = text.IndexOf((byte)'@');
            result.Write(pseudonyms is null ? "***"u8 : pseudonyms.Of(text));
            result.Write(text[at..]);
            return true;
        }
    }
}
