namespace CloudPump.Cli.Bench;

/// <summary>What a detector reached in one profile.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Normalised">100 is perfect, 0 is what no detection at all gives.</param>
/// <param name="Threshold">The best threshold: what reaches it is a detection.</param>
/// <param name="Files">The sum of every file, in the order of the corpus; a perfect one is its number of windows times the weight of a hit.</param>
internal sealed record NabScore(NabProfile Profile, double Normalised, double Threshold, IReadOnlyList<double> Files);
