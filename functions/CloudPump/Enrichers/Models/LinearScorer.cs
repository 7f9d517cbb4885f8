namespace CloudPump.Enrichers.Models;

/// <summary>A weighted sum per output.</summary>
/// <param name="weights">The weights of the first output, of the second, and so on.</param>
/// <param name="intercepts">One per output.</param>
internal sealed class LinearScorer(double[] weights, double[] intercepts) : IScorer
{
    public int Outputs => intercepts.Length;

    public void Score(ReadOnlySpan<double> features, Span<double> scores)
    {
        for (var output = 0; output < intercepts.Length; output++)
        {
            var row = weights.AsSpan(output * features.Length, features.Length);
            var score = intercepts[output];
            for (var i = 0; i < row.Length; i++)
            {
                score += row[i] * features[i];
            }

            scores[output] = score;
        }
    }
}
