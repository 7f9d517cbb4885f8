using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>Masks a telephone number of 7 to 15 digits (ITU-T E.164); signs between the digits stay.</summary>
public sealed class MaskPhone : IAnonymizeOptions
{
    /// <summary>Kept at the start.</summary>
    [Option("How many digits stay at the start, such as those of the country.")]
    public int KeepFirst { get; set; } = 2;

    /// <summary>Kept at the end.</summary>
    [Option("How many digits stay at the end.")]
    public int KeepLast { get; set; } = 2;

    IAnonymizer IAnonymizeOptions.Build(BuildContext context) => new Masker(Math.Clamp(KeepFirst, 0, 4), Math.Clamp(KeepLast, 0, 4));

    private sealed class Masker(int keepFirst, int keepLast) : IAnonymizer
    {
        public bool TryReplace(ReadOnlySpan<byte> text, long received, ByteBuffer result)
        {
            var digits = Digits.Count(text);
            if (digits is < 7 or > 15)
            {
                return false;
            }

            Digits.Mask(text, digits, keepFirst, Math.Min(keepLast, digits - keepFirst - 3), result);
            return true;
        }
    }
}
