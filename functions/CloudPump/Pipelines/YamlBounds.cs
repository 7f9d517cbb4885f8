using YamlDotNet.RepresentationModel;

namespace CloudPump.Pipelines;

/// <summary>Bounds on a YAML document: aliases can make it refer to itself, or grow without end from a few lines.</summary>
internal static class YamlBounds
{
    private const int MostDeep = 64;
    private const int MostNodes = 100_000;

    /// <summary>Whether the document is small enough to be read by recursion.</summary>
    public static bool Holds(YamlNode root)
    {
        var nodes = 0;
        return Holds(root, 0, ref nodes);
    }

    private static bool Holds(YamlNode node, int depth, ref int nodes)
    {
        if (depth > MostDeep || ++nodes > MostNodes)
        {
            return false;
        }

        var children = node switch
        {
            YamlSequenceNode list => list.Children,
            YamlMappingNode map => map.Children.SelectMany(c => new[] { c.Key, c.Value }),
            _ => [],
        };
        foreach (var child in children)
        {
            if (!Holds(child, depth + 1, ref nodes))
            {
                return false;
            }
        }

        return true;
    }
}
