namespace CloudPump.Enrichers.Models;

/// <summary>
/// Decision trees in flat arrays: the nodes of all trees in a row. Every node has a feature, a threshold and two children, or is a leaf with its values. The scores are
/// base + factor * (the sum of the leaves that the features lead to).
/// </summary>
internal sealed class TreeScorer(TreeNodes nodes, double[] starts, double factor, bool singlePrecision) : IScorer
{
    public int Outputs => starts.Length;

    public void Score(ReadOnlySpan<double> features, Span<double> scores)
    {
        scores = scores[..starts.Length];
        scores.Clear();
        for (var tree = 0; tree < nodes.Roots.Length; tree++)
        {
            var values = nodes.ValuesOf(Leaf(nodes.Roots[tree], features));
            var first = nodes.Outputs[tree];
            for (var i = 0; i < values.Length; i++)
            {
                scores[first + i] += values[i];
            }
        }

        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = starts[i] + (factor * scores[i]);
        }
    }

    private int Leaf(int node, ReadOnlySpan<double> features)
    {
        var (feature, threshold, left, right) = (nodes.Features, nodes.Thresholds, nodes.Left, nodes.Right);
        while (feature[node] >= 0)
        {
            // Some libraries round features to single precision before they compare; a value near a threshold must fall on the same side here.
            var value = features[feature[node]];
            value = singlePrecision ? (float)value : value;
            node = value <= threshold[node] ? left[node] : right[node];
        }

        return node;
    }
}
