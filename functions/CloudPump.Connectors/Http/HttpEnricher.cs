using System.Text;
using CloudPump.Enrichers;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Http;

/// <summary>Gives each event the answer of a server: it asks before the batch is worked on, and then only looks.</summary>
internal sealed class HttpEnricher(EnrichHttp options, BuildContext context, HttpAnswers answers) : IPreparedProcessor
{
    private readonly CompiledExpression _path = options.Path.Compile(context);
    private readonly FieldPath _target = new(options.Target, context.Fields);
    private readonly Dictionary<int, string> _paths = [];

    public async ValueTask PrepareAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        _paths.Clear();
        foreach (var row in batch.Rows.ToArray())
        {
            if (PathOf(batch, row) is { } path)
            {
                _paths[row] = path;
            }
        }

        if (!context.Offline)
        {
            await answers.AskAsync(_paths.Values.ToHashSet(StringComparer.Ordinal), cancellationToken);
        }
    }

    public void Process(EventBatch batch)
    {
        foreach (var row in batch.Rows)
        {
            if (_paths.TryGetValue(row, out var path))
            {
                Add(batch, row, answers.Find(path));
            }
        }
    }

    private string? PathOf(EventBatch batch, int row)
    {
        var value = _path.Evaluate(batch, row);
        if (value.Kind == ValueKind.String)
        {
            return Encoding.UTF8.GetString(value.Bytes);
        }

        if (!value.IsMissing)
        {
            batch.Fail(row, value.IsError ? $"The path '{options.Path}' cannot be told: {value.Reason}" : $"The path '{options.Path}' is no text.");
        }

        return null;
    }

    private void Add(EventBatch batch, int row, HttpAnswer? answer)
    {
        switch (answer)
        {
            case null:
                break;
            case { Problem: { } problem }:
                batch.Fail(row, problem);
                break;
            case { Json: { } json }:
                _target.PutJson(batch, row, json);
                break;
            case { } when options.Missing == MissingEntry.Dead:
                batch.Fail(row, "The server knows nothing about the event (404).");
                break;
            case { } when options.Missing == MissingEntry.Null:
                var nothing = default(Slot);
                nothing.Set(FieldKind.Null, 0);
                _target.Put(batch, row, nothing);
                break;
        }
    }
}
