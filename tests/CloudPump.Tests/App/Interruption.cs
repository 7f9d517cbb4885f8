namespace CloudPump.Tests.App;

/// <summary>Does something at one point of what an app does: before or after its n-th write, send or signal, and, on request, before its n-th read.</summary>
internal sealed class Interruption(AppRig rig, bool reads = false)
{
    private int _left;
    private Action _interrupt = static () => { };

    /// <summary>Runs an action; false when it was over before the point came.</summary>
    public async Task<bool> AtAsync(int point, Action interrupt, Func<Task> action)
    {
        (_left, _interrupt) = (point, interrupt);
        Watch(Pass);
        try
        {
            await action();
        }
        finally
        {
            Watch(static () => { });
        }

        return _left <= 0;
    }

    // What happens within the interruption is not counted.
    private void Pass()
    {
        if (--_left == 0)
        {
            Watch(static () => { });
            _interrupt();
        }
    }

    private void Watch(Action pass)
    {
        rig.Tables.Writing = rig.Tables.Wrote = rig.Hubs.Sending = rig.Hubs.Sent = _ => pass();
        rig.Bus.Sending = rig.Bus.Sent = rig.Entities.Signalling = pass;
        rig.Blobs.Putting = (_, _) => pass();
        rig.Tables.Reading = _ => Read(pass);
        rig.Blobs.Getting = (_, _) => Read(pass);
    }

    private void Read(Action pass)
    {
        if (reads)
        {
            pass();
        }
    }
}
