using System.Text.Json;

namespace CloudPump.Enrichers.Models;

/// <summary>Reads `trees` of a model file, and makes sure that every way from a root ends in a leaf.</summary>
/// <param name="featureCount">How many features the model has.</param>
/// <param name="width">How many values a leaf has.</param>
/// <param name="outputs">How many scores there are.</param>
internal sealed class TreeReader(int featureCount, int width, int outputs)
{
    private readonly List<int> _features = [];
    private readonly List<double> _thresholds = [];
    private readonly List<int> _left = [];
    private readonly List<int> _right = [];
    private readonly List<double> _values = [];
    private readonly List<int> _roots = [];
    private readonly List<int> _outputs = [];

    public TreeNodes Read(in JsonAt trees)
    {
        if (trees.Length is 0 or > ModelLimits.Trees)
        {
            throw trees.Wrong($"1 to {ModelLimits.Trees} trees are needed, not {trees.Length}.");
        }

        foreach (var tree in trees.Items())
        {
            ReadTree(tree);
        }

        return new TreeNodes([.. _features], [.. _thresholds], [.. _left], [.. _right], [.. _values], width, [.. _roots], [.. _outputs]);
    }

    private void ReadTree(in JsonAt tree)
    {
        tree.TakesOnly("feature", "threshold", "left", "right", "value", "output");
        var count = tree.Get("feature").Length;
        var start = _features.Count;
        if (count == 0 || start + count > ModelLimits.Nodes || (long)(start + count) * width > ModelLimits.Values)
        {
            throw tree.Wrong($"a tree has nodes, and all trees together have at most {ModelLimits.Nodes} of them with {ModelLimits.Values} values.");
        }

        var features = tree.Get("feature").Integers(count);
        var (left, right) = (tree.Get("left").Integers(count), tree.Get("right").Integers(count));
        Walk(tree, features, left, right);
        _roots.Add(start);
        _outputs.Add(Output(tree));
        _features.AddRange(features);
        _thresholds.AddRange(tree.Get("threshold").Numbers(count));
        _left.AddRange(left.Select(n => n + start));
        _right.AddRange(right.Select(n => n + start));
        ReadValues(tree.Get("value"), features);
    }

    private int Output(in JsonAt tree)
    {
        if (tree.Find("output") is not { } output)
        {
            return 0;
        }

        var number = output.Number();
        return number >= 0 && number + width <= outputs && number == Math.Truncate(number)
            ? (int)number
            : throw output.Wrong($"it is a whole number from 0 to {outputs - width}.");
    }

    // From the root by a stack of our own: a file may be as deep as it likes.
    private void Walk(in JsonAt tree, int[] features, int[] left, int[] right)
    {
        var seen = new bool[features.Length];
        var open = new Stack<int>([0]);
        seen[0] = true;
        while (open.TryPop(out var node))
        {
            if (features[node] >= featureCount || features[node] < -2)
            {
                throw tree.Get("feature")[node].Wrong($"there is no feature {features[node]}; there are {featureCount}, counted from 0, and -1 marks a leaf.");
            }

            // Libraries mark leaves by -1 or -2.
            if (features[node] < 0)
            {
                features[node] = -1;
                continue;
            }

            open.Push(Child(tree.Get("left"), left[node], node, seen));
            open.Push(Child(tree.Get("right"), right[node], node, seen));
        }
    }

    private static int Child(in JsonAt children, int child, int node, bool[] seen)
    {
        if (child < 0 || child >= seen.Length)
        {
            throw children[node].Wrong($"there is no node {child}; the tree has {seen.Length}, counted from 0.");
        }

        if (seen[child])
        {
            throw children[node].Wrong($"node {child} is reached twice; a tree has one way to every node, and no circles.");
        }

        seen[child] = true;
        return child;
    }

    private void ReadValues(in JsonAt values, int[] features)
    {
        if (values.Length != features.Length)
        {
            throw values.Wrong($"{features.Length} items are needed, not {values.Length}.");
        }

        foreach (var value in values.Items())
        {
            if (features[value.Index] >= 0)
            {
                // What stands at inner nodes has no meaning.
                _values.AddRange(Enumerable.Repeat(0.0, width));
            }
            else if (value.Value.ValueKind == JsonValueKind.Array)
            {
                _values.AddRange(value.Numbers(width));
            }
            else
            {
                _values.Add(width == 1 ? value.Number() : throw value.Wrong($"a list of {width} numbers is needed."));
            }
        }
    }
}
