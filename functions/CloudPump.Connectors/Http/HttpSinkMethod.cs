namespace CloudPump.Connectors.Http;

/// <summary>The methods that can carry events.</summary>
public enum HttpSinkMethod
{
    /// <summary>POST.</summary>
    Post,

    /// <summary>PUT.</summary>
    Put,

    /// <summary>PATCH.</summary>
    Patch,
}
