namespace CloudPump.Expressions;

/// <summary>A path tested against a constant text: the shape `geo.country_code == 'US'`.</summary>
internal sealed class PathTextNode(PathNode path, TextTest test, byte[] constant) : BoolNode
{
    private readonly TextTestNode _otherwise = new(path, test, constant);

    public override Truth Test(Scope scope) =>
        path.TryText(scope, out var text) ? Of(TextTestNode.Matches(test, text, constant)) : _otherwise.Test(scope);
}
