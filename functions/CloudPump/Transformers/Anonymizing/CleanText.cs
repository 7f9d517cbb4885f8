using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>Finds what is personal in free text and puts a word for it, stars or a pseudonym in its place.</summary>
public sealed class CleanText : IAnonymizeOptions
{
    /// <summary>What.</summary>
    [Option("What is looked for; by default all: email, ip, card, phone, name.")]
    public List<PersonalKind> Find { get; set; } = [PersonalKind.Email, PersonalKind.Ip, PersonalKind.Card, PersonalKind.Phone, PersonalKind.Name];

    /// <summary>How.</summary>
    [Option("Puts a pseudonym under this key in its place, as in [name 8c6012], and not only [name]; take it from the environment.", Secret = true)]
    public string? Key { get; set; }

    /// <summary>More names.</summary>
    [Option("Given names that are looked for besides the common ones.")]
    public List<string> Names { get; set; } = [];

    IAnonymizer IAnonymizeOptions.Build(BuildContext context) =>
        new Cleaner([.. Find.Distinct().Order()], Key is null ? null : new Pseudonyms(System.Text.Encoding.UTF8.GetBytes(Key)), new GivenNames(Names));

    private sealed class Cleaner(PersonalKind[] kinds, Pseudonyms? pseudonyms, GivenNames names) : IAnonymizer
    {
        private const int PseudonymLength = 12;
        private readonly byte[][] _words = [.. Enum.GetValues<PersonalKind>().Select(k => System.Text.Encoding.ASCII.GetBytes(k.ToString().ToLowerInvariant()))];

        public bool TryReplace(ReadOnlySpan<byte> text, long received, ByteBuffer result)
        {
            for (var at = 0; at < text.Length;)
            {
                var length = at == 0 || IsBorder(text[at - 1]) ? Find(text[at..], out var kind) : Nothing(out kind);
                if (length == 0)
                {
                    result.WriteByte(text[at++]);
                    continue;
                }

                Write(kind, text.Slice(at, length), result);
                at += length;
            }

            return true;
        }

        // Letters, digits and what may stand inside of a word or number have no beginning of something behind them.
        private static bool IsBorder(byte before) => !char.IsAsciiLetterOrDigit((char)before) && before < 0x80 && before is not ((byte)'@' or (byte)'_' or (byte)'%' or (byte)'+');

        private static int Nothing(out PersonalKind kind)
        {
            kind = default;
            return 0;
        }

        private int Find(ReadOnlySpan<byte> text, out PersonalKind kind)
        {
            foreach (var k in kinds)
            {
                kind = k;
                var length = k switch
                {
                    PersonalKind.Email => PersonalText.EmailLength(text),
                    PersonalKind.Ip => PersonalText.AddressLength(text),
                    PersonalKind.Card => PersonalText.CardLength(text),
                    PersonalKind.Phone => PersonalText.PhoneLength(text),
                    _ => names.Length(text),
                };
                if (length > 0)
                {
                    return length;
                }
            }

            return Nothing(out kind);
        }

        private void Write(PersonalKind kind, ReadOnlySpan<byte> found, ByteBuffer result)
        {
            result.WriteByte((byte)'[');
            result.Write(_words[(int)kind]);
            if (pseudonyms is not null)
            {
                result.WriteByte((byte)' ');
                result.Write(pseudonyms.Of(found)[..PseudonymLength]);
            }

            result.WriteByte((byte)']');
        }
    }
}
