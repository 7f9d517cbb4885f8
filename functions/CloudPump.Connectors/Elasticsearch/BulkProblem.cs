using System.Globalization;

namespace CloudPump.Connectors.Elasticsearch;

/// <summary>Says what befell a whole request, as the end of a sentence that begins with the address. Reasons are left out: they quote keys and documents.</summary>
internal static class BulkProblem
{
    /// <summary>What happened.</summary>
    public static string Of(in BulkAnswer answer) =>
        answer.Fault ?? string.Create(CultureInfo.InvariantCulture, $"answered {answer.Status}{BulkError.OfRequest(answer.Body.Span)}");

    /// <summary>What to look at when it would happen again.</summary>
    public static string Advice(int status) => status switch
    {
        401 => ": the connection's API key, or its user and password, are not right",
        403 => ": the connection's API key or user may not do this",
        404 or 405 => ": this is not the address of Elasticsearch",
        < 400 => "; redirects are not followed: put the right address into the connection",
        _ => "",
    };
}
