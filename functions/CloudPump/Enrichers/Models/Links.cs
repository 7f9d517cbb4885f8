namespace CloudPump.Enrichers.Models;

/// <summary>Scores to probabilities.</summary>
internal static class Links
{
    /// <summary>Applies a link in place; a logit's single score becomes two probabilities.</summary>
    public static void Apply(Link link, Span<double> scores)
    {
        switch (link)
        {
            case Link.Logit:
                scores[1] = 1 / (1 + Math.Exp(-scores[0]));
                scores[0] = 1 - scores[1];
                break;
            case Link.Softmax:
                Softmax(scores);
                break;
        }
    }

    private static void Softmax(Span<double> scores)
    {
        // Taking the largest away first keeps the powers in range and changes no quotient.
        var largest = double.NegativeInfinity;
        foreach (var score in scores)
        {
            largest = Math.Max(largest, score);
        }

        var sum = 0.0;
        foreach (ref var score in scores)
        {
            score = Math.Exp(score - largest);
            sum += score;
        }

        foreach (ref var score in scores)
        {
            score /= sum;
        }
    }
}
