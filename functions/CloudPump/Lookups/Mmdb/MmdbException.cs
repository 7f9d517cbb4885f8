namespace CloudPump.Lookups.Mmdb;

/// <summary>A MaxMind database cannot be used; the message says what is wrong, in which file, and what to do.</summary>
public sealed class MmdbException : Exception
{
    /// <summary>Creates the exception without details.</summary>
    public MmdbException()
        : base("A MaxMind database cannot be used.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public MmdbException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public MmdbException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static MmdbException Damaged(string file, string what) =>
        new($"The MaxMind database '{file}' is damaged: {what}. Get the file again, or use another one.");

    internal static MmdbException Unreadable(string file, Exception cause) =>
        new($"The MaxMind database '{file}' cannot be read: {cause.Message} Check the path and its permissions.", cause);
}
