namespace CloudPump.Tests.Fuzzing;

/// <summary>Makes inputs that are nearly right: examples of a format, cut, joined, repeated and mixed with its own tokens. The same seed gives the same inputs.</summary>
internal sealed class InputMutator(int seed, IReadOnlyList<byte[]> examples, IReadOnlyList<byte[]> tokens)
{
    private const int LongestInput = 64 << 10;
    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var input = new List<byte>(Pick(examples));
        for (var changes = _random.Next(0, 7); changes > 0; changes--)
        {
            Change(input);
        }

        return input.Count > LongestInput ? [.. input.Take(LongestInput)] : [.. input];
    }

    private void Change(List<byte> input)
    {
        var at = _random.Next(input.Count + 1);
        var length = Math.Min(1 << _random.Next(0, 7), input.Count - at);
        switch (_random.Next(9))
        {
            case 0:
                input.RemoveRange(at, length);
                break;
            case 1:
                input.RemoveRange(at, input.Count - at);
                break;
            case 2:
                input.InsertRange(at, Repeat(input.GetRange(at, length)));
                break;
            case 3 or 4 when tokens.Count > 0:
                input.InsertRange(at, Repeat(Pick(tokens)));
                break;
            case 5 when tokens.Count > 0:
                input.RemoveRange(at, length);
                input.InsertRange(at, Pick(tokens));
                break;
            case 6:
                var other = Pick(examples);
                input.RemoveRange(at, input.Count - at);
                input.AddRange(other.AsSpan(_random.Next(other.Length + 1)));
                break;
            case 7 when at < input.Count:
                input[at] ^= (byte)(1 << _random.Next(8));
                break;
            default:
                input.Insert(at, (byte)_random.Next(256));
                break;
        }
    }

    private IEnumerable<byte> Repeat(IReadOnlyCollection<byte> part) =>
        Enumerable.Repeat(part, _random.Next(20) == 0 ? _random.Next(2, 400) : 1).SelectMany(p => p);

    private byte[] Pick(IReadOnlyList<byte[]> from) => from[_random.Next(from.Count)];
}
