namespace CloudPump.Analyzers.Sessions;

/// <summary>A session of a key.</summary>
internal struct Session
{
    /// <summary>The key's number.</summary>
    public int Key;

    /// <summary>Another session of the key; -1 for none.</summary>
    public int Next;

    /// <summary>Changes whenever the number is given to another session or none: odd while it is in use.</summary>
    public int Life;

    /// <summary>The time of the first event.</summary>
    public long Start;

    /// <summary>The time of the last event.</summary>
    public long End;

    /// <summary>How many events it has.</summary>
    public long Events;
}
