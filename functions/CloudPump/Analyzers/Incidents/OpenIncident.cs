using System.Globalization;
using System.Text;
using CloudPump.Analyzers.Ordered;
using CloudPump.Events;

namespace CloudPump.Analyzers.Incidents;

/// <summary>An incident that is open: since when, how bad, and what its symptoms are.</summary>
internal sealed class OpenIncident : KeyState
{
    public string Id { get; private set; } = "";

    public long Opened { get; private set; }

    public long Findings { get; set; }

    /// <summary>The worst finding's; NaN when none told.</summary>
    public double Severity { get; private set; } = double.NaN;

    public List<string> Symptoms { get; } = [];

    /// <summary>Starts with the first finding. The id follows from key and finding, so it is the same in every run.</summary>
    public void Begin(in EventStamp first)
    {
        var identity = new ByteBuffer(128);
        identity.WriteBlob(Key);
        first.Write(identity);
        Id = StableHash.Of(identity.Written).ToString("x16", CultureInfo.InvariantCulture);
        Opened = first.Time;
    }

    /// <summary>Takes a finding's severity; true when it is the worst so far.</summary>
    public bool Worsen(double severity)
    {
        if (double.IsNaN(severity) || severity <= Severity)
        {
            return false;
        }

        Severity = severity;
        return true;
    }

    /// <summary>Adds a symptom; false when it is known.</summary>
    public bool AddSymptom(string symptom)
    {
        var isNew = !Symptoms.Contains(symptom, StringComparer.Ordinal);
        if (isNew)
        {
            Symptoms.Add(symptom);
        }

        return isNew;
    }

    public byte[] SymptomsJson()
    {
        var output = new ByteBuffer(256);
        output.WriteByte((byte)'[');
        foreach (var symptom in Symptoms)
        {
            output.Write(output.Length > 1 ? ","u8 : default);
            JsonText.WriteString(output, Encoding.UTF8.GetBytes(symptom));
        }

        output.WriteByte((byte)']');
        return output.Written.ToArray();
    }

    public void Write(ByteBuffer output)
    {
        output.WriteText(Id);
        output.WriteSigned(Opened);
        output.WriteVarint((ulong)Findings);
        output.WriteInt64(BitConverter.DoubleToInt64Bits(Severity));
        output.WriteVarint((ulong)Symptoms.Count);
        Symptoms.ForEach(output.WriteText);
    }

    public void Read(ref ByteReader input)
    {
        (Id, Opened, Findings) = (input.Text(), input.Signed(), (long)input.Varint());
        Severity = BitConverter.Int64BitsToDouble(input.Int64());
        for (var count = input.Items(); count > 0; count--)
        {
            Symptoms.Add(input.Text());
        }
    }
}
