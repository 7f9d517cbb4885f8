using CloudPump.Events;

namespace CloudPump.Analyzers.Findings;

/// <summary>Tells whenever a key's value comes into another state.</summary>
/// <param name="option">The rule.</param>
/// <param name="maxKeys">How many keys are remembered.</param>
/// <param name="usual">The state that is not told of a new key and need not be remembered; null when every state is told.</param>
/// <param name="stateOf">A value's state, its limit, and the reason.</param>
internal sealed class StateDetector(DetectOption option, int maxKeys, string? usual, Func<double, (string State, double? Limit, string Reason)> stateOf) : WindowDetector(option)
{
    private readonly KeyMemory<Known> _memory = new(maxKeys);
    private readonly List<(byte[] Key, double Value)> _seen = [];

    public override void See(ReadOnlySpan<byte> key, double value) => _seen.Add((key.ToArray(), value));

    public override void Close(long start, FindingWriter findings)
    {
        foreach (var (key, value) in _seen)
        {
            var (state, limit, reason) = stateOf(value);
            if (_memory.Of(key) is not { } known)
            {
                continue;
            }

            if (state != (known.State ?? usual))
            {
                findings.Add(key, state, value, limit, $"{Rule.Measure} is {FindingWriter.Text(value)}, {reason}.");
            }

            known.State = state;
            if (state == usual)
            {
                _memory.Remove(key);
            }
        }

        _seen.Clear();
    }

    public override void Save(ByteBuffer output) => _memory.Save(output, known => output.WriteText(known.State ?? ""));

    public override void Load(ref ByteReader input)
    {
        for (var count = input.Items(); count > 0; count--)
        {
            _memory.Of(input.Blob())!.State = input.Text();
        }
    }

    private sealed class Known
    {
        public string? State { get; set; }
    }
}
