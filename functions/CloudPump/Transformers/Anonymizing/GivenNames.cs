using System.Collections.Frozen;

namespace CloudPump.Transformers;

/// <summary>
/// Finds names of people: a common given name, or a title such as Mrs or Dr, and the capitalised words after it. It knows some 200 given names of Europe and the Americas; a pipeline can name more. A name
/// without either is not found, so free text that must be clean belongs into `drop`.
/// </summary>
internal sealed class GivenNames(IEnumerable<string> more)
{
    private const int LongestWord = 32;
    private const int MostWords = 3;

    private const string Common =
        "aaron adam alan albert alex alexander alexandra alice alina amanda amelia amy ana andrea andreas andrew angela anita anja ann anna anne annette antonio arthur barbara ben benjamin bernd bob brian "
        + "carl carla carlos carmen carol caroline catherine cathy charles charlotte chloe chris christian christina christine christoph claire claudia dan daniel daniela david debra dennis diana diego dieter "
        + "dirk donald dorothy edward elena elisabeth elizabeth ella emily emma eric erik eva evelyn felix fernando florian francesca francisco frank fred gabriel george gerald gerhard giulia giovanni grace "
        + "gregory hannah hans harald harry heather heike heinz helen helga henry ian ines ingrid irene isabel isabella jack jacob jakob james jan jane janet jason jean jennifer jessica jim joan joe johan john "
        + "jonas jonathan jorge jose josef joseph joshua juan judith julia julian julie jürgen justin karen karin karl kate katharina katherine kathrin keith kelly kenneth kevin klaus laura lars lea lena leo leon "
        + "linda lisa louis louise luca lucas lucy luis lukas maja manuel marc marco margaret maria marie marina mario mark markus marta martin martina mary mateo matthew matthias maximilian melanie mia michael "
        + "michelle miguel mike mila monika natalie nicholas nicole nina noah nora oliver olivia oscar pablo pamela patricia patrick paul paula pedro peter petra philip philipp pierre rachel ralf rebecca renate "
        + "richard rob robert roger ronald rosa ruth ryan sabine samuel sandra sara sarah scott sebastian sergio sharon silvia simon sofia sophia sophie stefan stefanie stephanie stephen steven susan susanne sven "
        + "tanja teresa theresa thomas tim timothy tobias tom ursula uwe victor victoria walter werner william wolfgang yvonne";

    private static readonly FrozenSet<string> Titles =
        new[] { "mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "señor", "señora", "monsieur", "madame" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly FrozenSet<string> _names = Common.Split(' ').Concat(more.Select(m => m.ToLowerInvariant())).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How much of the beginning of a text is a name.</summary>
    public int Length(ReadOnlySpan<byte> text)
    {
        var first = WordLength(text);
        if (first == 0)
        {
            return 0;
        }

        var isTitle = Contains(Titles, text[..first]);
        if (!isTitle && !Contains(_names, text[..first]))
        {
            return 0;
        }

        var (end, words) = (first, 1);
        for (; words <= MostWords; words++)
        {
            var gap = text[end..].StartsWith(". "u8) && isTitle && words == 1 ? 2 : text[end..].StartsWith(" "u8) || text[end..].StartsWith("-"u8) ? 1 : 0;
            var next = gap == 0 ? 0 : WordLength(text[(end + gap)..]);
            if (next == 0)
            {
                break;
            }

            end += gap + next;
        }

        // A given name alone is one; a title alone is none.
        return isTitle && words == 1 ? 0 : end;
    }

    // A word that begins with a capital letter and goes on with small ones.
    private static int WordLength(ReadOnlySpan<byte> text)
    {
        if (System.Text.Rune.DecodeFromUtf8(text, out var first, out var length) != System.Buffers.OperationStatus.Done || !System.Text.Rune.IsUpper(first))
        {
            return 0;
        }

        while (length < text.Length && length < LongestWord
            && System.Text.Rune.DecodeFromUtf8(text[length..], out var rune, out var size) == System.Buffers.OperationStatus.Done && System.Text.Rune.IsLetter(rune))
        {
            length += size;
        }

        return length > 1 ? length : 0;
    }

    private static bool Contains(FrozenSet<string> words, ReadOnlySpan<byte> word)
    {
        Span<char> chars = stackalloc char[LongestWord + 4];
        Span<char> lower = stackalloc char[LongestWord + 4];
        var length = System.Text.Encoding.UTF8.GetChars(word, chars);
        length = MemoryExtensions.ToLowerInvariant(chars[..length], lower);
        return length > 0 && words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(lower[..length]);
    }
}
