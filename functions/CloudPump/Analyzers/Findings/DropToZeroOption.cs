using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Findings;

/// <summary>Keys that had a value above zero in several windows in a row and have none now; and when they are back.</summary>
public sealed class DropToZeroOption : DetectOption
{
    /// <summary>After how many windows.</summary>
    [Option("How many windows in a row a key must have had a value before its absence means something.")]
    public int After { get; set; } = 3;

    /// <inheritdoc/>
    internal override string Kind => "drop_to_zero";

    /// <inheritdoc/>
    internal override WindowDetector Create(int maxKeys) => new Detector(this, maxKeys);

    /// <inheritdoc/>
    internal override string? Mistake() => After >= 1 ? null : "'after' must be 1 or more.";

    private sealed class Detector(DropToZeroOption option, int maxKeys) : WindowDetector(option)
    {
        private readonly KeyMemory<Presence> _memory = new(maxKeys);

        // A key that has been told as gone needs no more empty windows to be gone.
        public override bool WantsEmptyWindows => _memory.Keys.Any(k => !k.Value.IsGone);

        public override void See(ReadOnlySpan<byte> key, double value)
        {
            if (value > 0 && _memory.Of(key) is { } presence)
            {
                (presence.IsSeen, presence.Value) = (true, value);
            }
        }

        public override void Close(long start, FindingWriter findings)
        {
            foreach (var (key, presence) in _memory.Keys.ToList())
            {
                if (presence.IsSeen)
                {
                    Present(key, presence, findings);
                }
                else if (!presence.IsGone)
                {
                    Absent(key, presence, findings);
                }
            }
        }

        public override void Save(ByteBuffer output) => _memory.Save(output, p =>
        {
            output.WriteVarint((ulong)p.Windows);
            output.WriteByte((byte)(p.IsGone ? 1 : 0));
            output.WriteInt64(BitConverter.DoubleToInt64Bits(p.Value));
        });

        public override void Load(ref ByteReader input)
        {
            for (var count = input.Items(); count > 0; count--)
            {
                var presence = _memory.Of(input.Blob())!;
                (presence.Windows, presence.IsGone) = (input.Count(), input.Byte() != 0);
                presence.Value = BitConverter.Int64BitsToDouble(input.Int64());
            }
        }

        private static void Present(byte[] key, Presence presence, FindingWriter findings)
        {
            if (presence.IsGone)
            {
                findings.Add(key, "back", presence.Value, null, "The key is back.");
                (presence.IsGone, presence.Windows) = (false, 0);
            }

            presence.Windows = Math.Min(presence.Windows + 1, int.MaxValue - 1);
            presence.IsSeen = false;
        }

        private void Absent(byte[] key, Presence presence, FindingWriter findings)
        {
            if (presence.Windows < option.After)
            {
                _memory.Remove(key);
                return;
            }

            presence.IsGone = true;
            findings.Add(key, "gone", 0, presence.Value,
                $"{option.Measure} is zero after {presence.Windows} windows with a value, the last {FindingWriter.Text(presence.Value)}.");
        }
    }

    private sealed class Presence
    {
        public int Windows { get; set; }

        public double Value { get; set; }

        public bool IsGone { get; set; }

        public bool IsSeen { get; set; }
    }
}
