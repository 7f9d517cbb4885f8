using CloudPump.Expressions;

namespace CloudPump.Pipelines;

/// <summary>Makes expressions run in the pipeline that is being built, with its fields and lookups.</summary>
public static class ExpressionCompiling
{
    /// <summary>Makes the expression run.</summary>
    public static CompiledExpression Compile(this Expression expression, BuildContext context) => expression.Compile(context.Fields, context.Lookups);

    /// <summary>Makes the expression run as a condition.</summary>
    public static Condition CompileCondition(this Expression expression, BuildContext context) => expression.CompileCondition(context.Fields, context.Lookups);
}
