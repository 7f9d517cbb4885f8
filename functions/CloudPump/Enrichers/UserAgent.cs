using System.Text;
using CloudPump.Enrichers.UserAgents;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Enrichers;

/// <summary>
/// Adds what a User-Agent header tells: `browser`, `version`, `os`, `os_version`, `device` (desktop, mobile, tablet, tv, console, bot, other) and for robots `bot`. The rules are few and know what is
/// common; what they do not know is not there. What was read before is remembered: user agents repeat.
/// </summary>
[Component(ComponentKind.Enricher, "user_agent", "Adds browser, version, system, device and robot from a User-Agent header.", Example = "user_agent: {field: user_agent, target: ua}",
    Given = """{"user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1"}""",
    Gives = ["""{"user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1", "ua": {"browser": "Safari", "version": "17.1", "os": "iOS", "os_version": "17.1", "device": "mobile"}}"""])]
public sealed class UserAgent : ProcessorDefinition
{
    /// <summary>The field.</summary>
    [Option("The field that holds the header.", Main = true)]
    public string Field { get; set; } = "user_agent";

    /// <summary>The target.</summary>
    [Option("The field that gets what it tells, as an object.")]
    public string Target { get; set; } = "ua";

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new Processor(new FieldPath(Field, context.Fields), new FieldPath(Target, context.Fields));

    private sealed class Processor(FieldPath field, FieldPath target) : IProcessor
    {
        private const int Kept = 4_096;
        private const int Longest = 1_024;
        private readonly Dictionary<byte[], byte[]> _known = new(BytesComparer.Instance);

        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                var slot = field.Get(batch, row);
                if (!slot.IsText || slot.Length == 0)
                {
                    continue;
                }

                var json = Read(batch.Text(slot)[..Math.Min(slot.Length, Longest)]);
                var result = default(Slot);
                result.SetText(FieldKind.Object, batch.Append(json), json.Length);
                target.Put(batch, row, result);
            }
        }

        private byte[] Read(ReadOnlySpan<byte> text)
        {
            var known = _known.GetAlternateLookup<ReadOnlySpan<byte>>();
            if (known.TryGetValue(text, out var json))
            {
                return json;
            }

            if (_known.Count >= Kept)
            {
                _known.Clear();
            }

            return known[text] = Encoding.UTF8.GetBytes(UserAgentText.Read(Encoding.UTF8.GetString(text)).ToJsonString());
        }
    }
}
