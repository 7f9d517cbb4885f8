namespace CloudPump.Enrichers.Models;

/// <summary>A model as its file gives it. Immutable.</summary>
/// <param name="Features">The features, in the order in which the model counts them.</param>
/// <param name="Scorer">Features to scores.</param>
/// <param name="Link">Scores to probabilities.</param>
/// <param name="Classes">The classes as JSON; none when the model gives a number.</param>
/// <param name="Positive">Of two classes, the one whose probability is the result.</param>
internal sealed record Model(IReadOnlyList<ModelFeature> Features, IScorer Scorer, Link Link, IReadOnlyList<byte[]> Classes, int Positive)
{
    /// <summary>Room that <see cref="IScorer.Score"/> and the link need.</summary>
    public int Room => Math.Max(Scorer.Outputs, Classes.Count);

    /// <summary>Reads a model file.</summary>
    /// <exception cref="ModelException">It is not there, too large, or wrong; the message says where.</exception>
    public static Model Load(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > ModelLimits.FileBytes)
            {
                throw new ModelException("", $"A model file takes at most {ModelLimits.FileBytes >> 20} MB.");
            }

            return ModelReader.Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException("", $"The model file '{path}' cannot be read: {(File.Exists(path) ? e.Message : "it does not exist.")}");
        }
    }
}
