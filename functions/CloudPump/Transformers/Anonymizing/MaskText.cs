using System.Buffers;
using System.Text;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>Replaces letters and digits by *; punctuation stays, so that the shape is still seen.</summary>
public sealed class MaskText : IAnonymizeOptions
{
    /// <summary>Kept at the start.</summary>
    [Option("How many characters stay at the start.")]
    public int KeepFirst { get; set; }

    /// <summary>Kept at the end.</summary>
    [Option("How many characters stay at the end.")]
    public int KeepLast { get; set; }

    IAnonymizer IAnonymizeOptions.Build(BuildContext context) => new Masker(KeepFirst, KeepLast);

    private sealed class Masker(int keepFirst, int keepLast) : IAnonymizer
    {
        public bool TryReplace(ReadOnlySpan<byte> text, long received, ByteBuffer result)
        {
            var characters = Runes(text);

            // A short text would show all of itself: then nothing is kept.
            var (first, last) = (long)keepFirst + keepLast < characters ? (keepFirst, keepLast) : (0, 0);
            for (var at = 0; !text.IsEmpty; at++)
            {
                Rune.DecodeFromUtf8(text, out var rune, out var length);
                if (at < first || at >= characters - last || !Rune.IsLetterOrDigit(rune))
                {
                    result.Write(text[..length]);
                }
                else
                {
                    result.WriteByte((byte)'*');
                }

                text = text[length..];
            }

            return true;
        }

        private static int Runes(ReadOnlySpan<byte> text)
        {
            var count = 0;
            for (; !text.IsEmpty; count++)
            {
                Rune.DecodeFromUtf8(text, out _, out var length);
                text = text[length..];
            }

            return count;
        }
    }
}
