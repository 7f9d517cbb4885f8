using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Http;

/// <summary>An absolute http or https address.</summary>
public sealed class HttpAddress : ITextOption
{
    private readonly Uri _uri;

    private HttpAddress(Uri uri) => _uri = uri;

    /// <inheritdoc/>
    public string Text => _uri.OriginalString;

    /// <summary>Reads an address.</summary>
    /// <exception cref="ExpressionException">The text is no such address.</exception>
    public static HttpAddress Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri!.UserInfo.Length == 0
            ? new HttpAddress(uri)
            : throw new ExpressionException("This is no address such as https://example.org/api. A name and password do not belong in it: use 'headers'.", 0);

    /// <summary>The address with a path below it; the path may have a query.</summary>
    public Uri With(string path) => path.Length == 0 ? _uri : new Uri(_uri.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/" + path.TrimStart('/'));

    /// <inheritdoc/>
    public override string ToString() => Text;
}
