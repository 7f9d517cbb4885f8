using System.Text;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

/// <summary>An event to evaluate expressions over.</summary>
internal sealed class Row
{
    private readonly FieldTable _fields = new();

    public Row()
    {
        Batch = new EventBatch(_fields);
        var origin = Batch.AddOrigin(new Origin("weblogs", 3));
        var received = new DateTime(2026, 10, 10, 13, 55, 36, DateTimeKind.Utc).Ticks;
        Number = Batch.Add(new EventHeader { Origin = origin, Offset = 42, Index = 1, Received = received });
    }

    public EventBatch Batch { get; }

    public int Number { get; }

    public ushort Id(string name) => _fields.Id(name);

    public Row With(string name, Value value)
    {
        ValueFields.Set(Batch, Number, _fields.Id(name), value);
        return this;
    }

    public Row WithJson(string name, FieldKind kind, string json)
    {
        Batch.SetText(Number, _fields.Id(name), kind, Encoding.UTF8.GetBytes(json));
        return this;
    }

    public Value Evaluate(string expression) => Expression.Parse(expression).Compile(_fields).Evaluate(Batch, Number);

    /// <summary>Evaluates what is known to fail.</summary>
    public Value EvaluateUnchecked(string expression) => Expression.ParseUnchecked(expression).Compile(_fields).Evaluate(Batch, Number);

    public bool Test(string expression, out string? error) => Expression.Parse(expression).CompileCondition(_fields).Test(Batch, Number, out error);
}
