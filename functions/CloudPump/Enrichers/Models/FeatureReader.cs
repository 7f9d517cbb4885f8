using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Enrichers.Models;

/// <summary>Makes the features of events; used by one thread at a time. Features of the same expression share its evaluation.</summary>
internal sealed class FeatureReader
{
    private readonly double[] _numbers;
    private readonly Input[] _inputs;

    public FeatureReader(IReadOnlyList<ModelFeature> features, FieldTable fields)
    {
        _numbers = new double[features.Count];
        _inputs = [.. features.Index().GroupBy(f => f.Item.Value.Text, StringComparer.Ordinal)
            .Select(g => new Input(g.First().Item.Value.Compile(fields), [.. g.Select(f => (f.Index, f.Item))]))];
    }

    /// <summary>The features of an event, valid until the next call; false with the reason when one of them cannot be made.</summary>
    public bool TryRead(EventBatch batch, int row, out ReadOnlySpan<double> features, out string reason)
    {
        features = _numbers;
        foreach (var input in _inputs)
        {
            var value = input.Expression.Evaluate(batch, row);
            foreach (var (index, feature) in input.Features)
            {
                if (Make(feature, value) is not { } number)
                {
                    reason = Reason(feature, value);
                    return false;
                }

                _numbers[index] = (number - feature.Mean) / feature.Scale;
            }
        }

        reason = "";
        return true;
    }

    private static double? Make(ModelFeature feature, in Value value)
    {
        if (value.Kind == ValueKind.Null || value.IsMissing)
        {
            return feature.Missing;
        }

        if (feature.EqualTo is { } other)
        {
            return value.IsError ? null : Equality.OfScalars(value, other) ? 1 : 0;
        }

        return value.Kind switch
        {
            ValueKind.Int => value.AsInt,
            ValueKind.UInt => value.AsUInt,
            ValueKind.Double => double.IsNaN(value.AsDouble) ? feature.Missing : value.AsDouble,
            ValueKind.Bool => value.AsBool ? 1 : 0,
            _ => null,
        };
    }

    private static string Reason(ModelFeature feature, in Value value) => value switch
    {
        { IsMissing: true } or { Kind: ValueKind.Null or ValueKind.Double } => $"The feature '{feature.Name}' is missing, and the model has no default for it.",
        { IsError: true } => $"The feature '{feature.Name}' cannot be told: {value.Reason}",
        _ => $"The feature '{feature.Name}' is no number but of the type {value.Kind}.",
    };

    private sealed record Input(CompiledExpression Expression, (int Index, ModelFeature Feature)[] Features);
}
