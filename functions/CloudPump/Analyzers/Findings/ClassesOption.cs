using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Findings;

/// <summary>The class of each key by bands of values; told whenever it changes.</summary>
public sealed class ClassesOption : DetectOption
{
    /// <summary>The bands.</summary>
    [Option("The classes: name to the smallest value that belongs to it. What is below all of them has the class 'none'.", Required = true)]
    public NamedList<double> Bands { get; set; } = [];

    /// <inheritdoc/>
    internal override string Kind => "class";

    /// <inheritdoc/>
    internal override WindowDetector Create(int maxKeys)
    {
        var bands = Bands.OrderByDescending(b => b.Value).ToArray();
        return new StateDetector(this, maxKeys, null, value =>
        {
            var band = Array.Find(bands, b => value >= b.Value);
            return band.Key is null
                ? ("none", null, "which is below every class")
                : (band.Key, band.Value, $"which is '{band.Key}', from {FindingWriter.Text(band.Value)} on");
        });
    }

    /// <inheritdoc/>
    internal override string? Mistake() => Bands.Count > 0 ? null : "'bands' needs at least one class.";
}
