namespace CloudPump.Pipelines;

/// <summary>A source that is asked for what is new, and does not wait: on one machine continuously, on Azure on a schedule.</summary>
public abstract class TriggeredSource : SourceDefinition
{
    /// <summary>When it is read.</summary>
    [Option("On Azure: when the source is read, as an NCRONTAB expression with six fields (the first is seconds). On one machine it is read continuously.")]
    public string Schedule { get; set; } = "0 * * * * *";

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        // A setting's name (%NAME%) is filled in by the functions host.
        if (Schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 6 && !Schedule.StartsWith('%'))
        {
            report.Error(this, "schedule", "'schedule' has six fields: second, minute, hour, day, month, day of week; \"0 */5 * * * *\" is every five minutes.");
        }
    }
}
