using System.Text;
using CloudPump.Analyzers.Ordered;
using CloudPump.Events;

namespace CloudPump.Analyzers.Incidents;

/// <summary>The open incidents of a shard, one per key at most.</summary>
internal sealed class IncidentState(Incident definition) : OrderedState<OpenIncident>(definition)
{
    public static readonly string[] Fields = ["incident", "state", "opened", "severity", "symptoms", "findings", "reason", "duration"];

    // A hostile stream must not grow an incident without end.
    private const int MostSymptoms = 100;
    private readonly ResultFields _fields = new(definition.Name, ["timestamp"], [.. definition.By.Select(d => d.Name)], Fields);

    protected override void OnEvent(OpenIncident state, in PendingEvent e, ResultBatch results)
    {
        var input = new ByteReader(e.Payload);
        var closes = input.Byte() != 0;
        var severity = BitConverter.Int64BitsToDouble(input.Int64());
        if (closes)
        {
            Close(state, e.Stamp.Time, "condition"u8, results);
            return;
        }

        var isNew = state.Findings == 0;
        if (isNew)
        {
            state.Begin(e.Stamp);
        }

        var worsened = state.Worsen(severity);
        var added = AddSymptom(state, e.Payload[^input.Rest..]);
        state.Findings++;
        if (isNew || worsened || added)
        {
            Tell(state, e.Stamp.Time, isNew ? "opened"u8 : "updated"u8, results);
        }

        SetTimer(state, e.Stamp.Time + definition.Silence.Ticks);
    }

    protected override void OnTimer(OpenIncident state, long time, ResultBatch results) => Close(state, time, "silence"u8, results);

    protected override void OnCrowded(OpenIncident state, ResultBatch results)
    {
        if (state.Findings > 0)
        {
            Close(state, state.LastSeen, "too many keys"u8, results);
        }
    }

    protected override void SaveKey(OpenIncident state, ByteBuffer output) => state.Write(output);

    protected override void LoadKey(OpenIncident state, ref ByteReader input) => state.Read(ref input);

    private static bool AddSymptom(OpenIncident state, ReadOnlySpan<byte> symptom) =>
        symptom.Length > 0 && state.Symptoms.Count < MostSymptoms && state.AddSymptom(Encoding.UTF8.GetString(symptom));

    private void Close(OpenIncident state, long time, ReadOnlySpan<byte> reason, ResultBatch results)
    {
        if (state.Findings > 0)
        {
            var row = Tell(state, time, "closed"u8, results);
            results.Events.SetString(row, _fields[6], reason);
            results.Events.SetDouble(row, _fields[7], (double)(state.LastSeen - state.Opened) / TimeSpan.TicksPerSecond);
        }

        Forget(state);
    }

    private int Tell(OpenIncident state, long time, ReadOnlySpan<byte> change, ResultBatch results)
    {
        var row = _fields.Add(results, state.Key, time);
        var events = results.Events;
        events.SetString(row, _fields[0], Encoding.ASCII.GetBytes(state.Id));
        events.SetString(row, _fields[1], change);
        events.SetTimestamp(row, _fields[2], state.Opened);
        if (!double.IsNaN(state.Severity))
        {
            events.SetDouble(row, _fields[3], state.Severity);
        }

        events.SetText(row, _fields[4], FieldKind.List, state.SymptomsJson());
        events.SetInt64(row, _fields[5], state.Findings);
        return row;
    }
}
