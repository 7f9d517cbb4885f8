using CloudPump.Enrichers.Models;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Enrichers;

/// <summary>Adds what a machine-learned model makes of an event: a number, a probability, or the best of several classes.</summary>
[Component(ComponentKind.Enricher, "score", "Adds the prediction of a tree, forest, boosted, linear or logistic model.",
    Example = "score: {model: models/fraud.json, target: fraud_score}")]
public sealed class Score : ProcessorDefinition
{
    /// <summary>The model file.</summary>
    [Option("The model's JSON file (docs/models.md), relative to the pipeline file.", Main = true, Required = true)]
    public string Model { get; set; } = "";

    /// <summary>The result.</summary>
    [Option("The field that gets the number; of two classes the probability of the positive one; of more {class, probability} of the best.")]
    public string Target { get; set; } = "score";

    private string ModelPath => Path.GetFullPath(Model, Path.GetDirectoryName(Path.GetFullPath(Location.File ?? "code"))!);

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        try
        {
            _ = Models.Model.Load(ModelPath);
        }
        catch (ModelException e)
        {
            report.Error(this, "model", $"{Model}: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context)
    {
        try
        {
            return new Processor(Models.Model.Load(ModelPath), new FieldPath(Target, context.Fields), context.Fields);
        }
        catch (ModelException e)
        {
            throw new DefinitionException([new Diagnostic(LocationOf("model"), $"{Model}: {e.Message}")]);
        }
    }

    private sealed class Processor(Model model, FieldPath target, FieldTable fields) : IProcessor
    {
        private readonly FeatureReader _features = new(model.Features, fields);
        private readonly double[] _scores = new double[model.Room];
        private readonly ByteBuffer _result = new(128);
        private readonly ushort _scratch = fields.Id("#score");

        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                if (!_features.TryRead(batch, row, out var features, out var reason))
                {
                    batch.Fail(row, reason);
                    continue;
                }

                model.Scorer.Score(features, _scores);
                Links.Apply(model.Link, _scores);
                if (target.IsTopLevel(batch, row, out var field))
                {
                    Set(batch, row, field);
                }
                else
                {
                    Set(batch, row, _scratch);
                    target.MoveFrom(batch, row, _scratch);
                }
            }
        }

        private void Set(EventBatch batch, int row, ushort field)
        {
            if (model.Classes.Count <= 2)
            {
                batch.SetDouble(row, field, model.Classes.Count == 0 ? _scores[0] : _scores[model.Positive]);
                return;
            }

            var best = 0;
            for (var i = 1; i < _scores.Length; i++)
            {
                best = _scores[i] > _scores[best] ? i : best;
            }

            _result.Clear();
            _result.Write("{\"class\":"u8);
            _result.Write(model.Classes[best]);
            _result.Write(",\"probability\":"u8);
            Expressions.ValueJson.Write(_result, Expressions.Value.Of(_scores[best]));
            _result.WriteByte((byte)'}');
            batch.SetText(row, field, FieldKind.Object, _result.Written);
        }
    }
}
