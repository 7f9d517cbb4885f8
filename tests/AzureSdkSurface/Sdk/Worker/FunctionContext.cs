namespace Microsoft.Azure.Functions.Worker;

public abstract class FunctionContext
{
    public abstract BindingContext BindingContext { get; }

    public abstract FunctionDefinition FunctionDefinition { get; }
}
