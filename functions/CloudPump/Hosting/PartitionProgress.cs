using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Hosting;

/// <summary>
/// The progress row of one source partition of a pipeline: its position, the watermarks, the last piece numbers. It moves in one transaction with the
/// pieces, so whoever starts on the partition goes on exactly where the last one stopped.
/// </summary>
public sealed record PartitionProgress(string Partition, long Position, string Identity, bool Ended, IReadOnlyDictionary<string, AnalyzerMark> Analyzers)
{
    private const byte Version = 1;

    /// <summary>By memory of a step, the number of its next row: rows from there on were written with a position that does not count.</summary>
    public IReadOnlyDictionary<string, long> Memories { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>
    /// The row for another input under the same name: it starts from its beginning and with its own time, but the pieces are numbered on, since the shards have
    /// applied the old ones under this name.
    /// </summary>
    public PartitionProgress ForAnotherInput(string identity) => new(
        Partition, 0, identity, Ended: false, Analyzers.ToDictionary(a => a.Key, a => a.Value with { Top = AnalyzerStep.NoTime }, StringComparer.Ordinal)) { Memories = Memories };

    /// <summary>The row as bytes.</summary>
    public byte[] Save()
    {
        var output = new ByteBuffer(256);
        output.WriteByte(Version);
        output.WriteText(Partition);
        output.WriteSigned(Position);
        output.WriteText(Identity);
        output.WriteByte((byte)(Ended ? 1 : 0));
        output.WriteVarint((ulong)Analyzers.Count);
        foreach (var (name, mark) in Analyzers.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            output.WriteText(name);
            output.WriteSigned(mark.Top);
            output.WriteVarint((ulong)mark.Numbers.Length);
            foreach (var number in mark.Numbers)
            {
                output.WriteSigned(number);
            }
        }

        // After everything else, so that rows of steps without memory stay as they always were.
        foreach (var (name, end) in Memories.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            output.WriteText(name);
            output.WriteSigned(end);
        }

        return output.Written.ToArray();
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The row is damaged or of another version.</exception>
    public static PartitionProgress Load(ReadOnlySpan<byte> bytes)
    {
        var input = new ByteReader(bytes);
        if (input.Byte() != Version)
        {
            throw new InvalidDataException("The store's progress was written by another version of CloudPump; finish the run with that version, or use a new data folder.");
        }

        var partition = input.Text();
        var position = input.Signed();
        var identity = input.Text();
        var ended = input.Byte() != 0;
        var analyzers = new Dictionary<string, AnalyzerMark>(StringComparer.Ordinal);
        for (var count = input.Count(); count > 0; count--)
        {
            var name = input.Text();
            var top = input.Signed();
            var numbers = new long[input.Items()];
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = input.Signed();
            }

            analyzers[name] = new AnalyzerMark(top, numbers);
        }

        var memories = new Dictionary<string, long>(StringComparer.Ordinal);
        while (!input.IsEmpty)
        {
            memories[input.Text()] = input.Signed();
        }

        return new PartitionProgress(partition, position, identity, ended, analyzers) { Memories = memories };
    }
}
