using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Transformers;

/// <summary>Takes a URL apart, as `parse_url` does: scheme, user, host, port, path, query, parameters, fragment; what is not written is not there.</summary>
[Component(ComponentKind.Transformer, "url", "Takes a URL apart: scheme, host, port, path, query, parameters, fragment.", Example = "url: {field: link, target: url}",
    Given = """{"link": "https://example.org:8443/a?q=1#top"}""",
    Gives = ["""{"link": "https://example.org:8443/a?q=1#top", "url": {"scheme": "https", "host": "example.org", "port": 8443, "path": "/a", "query": "q=1", "parameters": {"q": "1"}, "fragment": "top"}}"""])]
public sealed class Url : ProcessorDefinition
{
    /// <summary>The field.</summary>
    [Option("The field that holds the URL.", Main = true, Required = true)]
    public string Field { get; set; } = "";

    /// <summary>The target.</summary>
    [Option("The field that gets the parts, as an object.")]
    public string Target { get; set; } = "url";

    /// <summary>Otherwise.</summary>
    [Option("What becomes of an event whose field is no URL: it is a dead letter, goes on without the parts, or gets null.")]
    public OnError OnError { get; set; } = OnError.Skip;

    /// <inheritdoc/>
    public override void TracePersonal(PersonalFields fields) => fields.Copy(Field, Target);

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context)
    {
        var scratch = context.Fields.Id("#url");
        return new Processor(this, new FieldPath(Field, context.Fields), new FieldPath(Target, context.Fields), scratch, Expression.Parse("parse_url(event['#url'])").Compile(context));
    }

    private sealed class Processor(Url options, FieldPath field, FieldPath target, ushort scratch, CompiledExpression parts) : IProcessor
    {
        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                var slot = field.Get(batch, row);
                if (slot.Kind is FieldKind.Missing or FieldKind.Null)
                {
                    continue;
                }

                batch.Put(row, scratch) = slot;
                var value = parts.Evaluate(batch, row);
                if (value.IsError)
                {
                    batch.RemoveField(row, scratch);
                    FailedValue.Apply(options.OnError, batch, row, target, $"The field '{field.Text}' is no URL: {value.Reason}");
                    continue;
                }

                ValueFields.Set(batch, row, scratch, value);
                target.MoveFrom(batch, row, scratch);
            }
        }
    }
}
