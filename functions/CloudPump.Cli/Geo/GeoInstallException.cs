namespace CloudPump.Cli.Geo;

/// <summary>A location database could not be installed; the message says what happened and what to do.</summary>
public sealed class GeoInstallException : Exception
{
    /// <summary>Creates the exception without details.</summary>
    public GeoInstallException()
        : base("The location database could not be installed.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public GeoInstallException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public GeoInstallException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
