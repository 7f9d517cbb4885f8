namespace CloudPump.Enrichers.Models;

/// <summary>The nodes of all trees of a model, one array per property; children are places in these arrays.</summary>
/// <param name="Features">The feature that a node asks for; -1 in leaves.</param>
/// <param name="Thresholds">Up to this value, itself included, the way leads left.</param>
/// <param name="Left">Where it leads then.</param>
/// <param name="Right">Where it leads else.</param>
/// <param name="Values">The values of the nodes, <paramref name="Width"/> for each.</param>
/// <param name="Width">How many values a leaf has.</param>
/// <param name="Roots">Where the trees begin.</param>
/// <param name="Outputs">The first score that a tree adds to.</param>
internal sealed record TreeNodes(int[] Features, double[] Thresholds, int[] Left, int[] Right, double[] Values, int Width, int[] Roots, int[] Outputs)
{
    public ReadOnlySpan<double> ValuesOf(int node) => Values.AsSpan(node * Width, Width);
}
