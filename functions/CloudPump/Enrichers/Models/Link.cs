namespace CloudPump.Enrichers.Models;

/// <summary>What is made of a model's scores.</summary>
internal enum Link : byte
{
    /// <summary>Nothing: they are numbers, or probabilities already.</summary>
    Identity,

    /// <summary>One score becomes the probability of the second of two classes: 1 / (1 + e^-s).</summary>
    Logit,

    /// <summary>A score per class becomes a probability per class: e^s over the sum of them.</summary>
    Softmax,
}
