using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>Masks the number of a payment card (12 to 19 digits, ISO/IEC 7812): at most the first six and the last four digits may stay (PCI DSS 3.4).</summary>
public sealed class MaskCard : IAnonymizeOptions
{
    /// <summary>Kept at the start.</summary>
    [Option("How many digits stay at the start, at most 6.")]
    public int KeepFirst { get; set; }

    /// <summary>Kept at the end.</summary>
    [Option("How many digits stay at the end, at most 4.")]
    public int KeepLast { get; set; } = 4;

    IAnonymizer IAnonymizeOptions.Build(BuildContext context) => new Masker(Math.Clamp(KeepFirst, 0, 6), Math.Clamp(KeepLast, 0, 4));

    private sealed class Masker(int keepFirst, int keepLast) : IAnonymizer
    {
        public bool TryReplace(ReadOnlySpan<byte> text, long received, ByteBuffer result)
        {
            var digits = Digits.Count(text);
            if (digits is < 12 or > 19 || !Digits.PassLuhn(text))
            {
                return false;
            }

            Digits.Mask(text, digits, keepFirst, keepLast, result);
            return true;
        }
    }
}
