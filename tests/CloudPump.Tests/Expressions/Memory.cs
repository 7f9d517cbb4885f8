using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

/// <summary>What evaluating an expression allocates once it is warm.</summary>
internal static class Memory
{
    private const int Times = 200;

    /// <summary>The bytes of a few hundred evaluations.</summary>
    public static long Of(CompiledExpression expression, Row row)
    {
        Run(expression, row);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(expression, row);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Run(CompiledExpression expression, Row row)
    {
        for (var i = 0; i < Times; i++)
        {
            Assert.False(expression.Evaluate(row.Batch, row.Number).IsError);
        }
    }
}
