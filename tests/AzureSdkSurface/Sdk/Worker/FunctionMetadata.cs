namespace Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

public interface IFunctionMetadata
{
    string? FunctionId { get; }

    bool IsProxy { get; }

    string? Language { get; }

    bool ManagedDependencyEnabled { get; }

    string? Name { get; }

    string? EntryPoint { get; }

    IList<string>? RawBindings { get; }

    string? ScriptFile { get; }

    IRetryOptions? Retry { get; }
}

public interface IRetryOptions;

public interface IFunctionMetadataTransformer
{
    string Name { get; }

    void Transform(IList<IFunctionMetadata> original);
}

public class DefaultFunctionMetadata : IFunctionMetadata
{
    public string? FunctionId => Name;

    public bool IsProxy { get; set; }

    public string? Language { get; set; }

    public bool ManagedDependencyEnabled { get; set; }

    public string? Name { get; set; }

    public string? EntryPoint { get; set; }

    public IList<string>? RawBindings { get; set; }

    public string? ScriptFile { get; set; }

    public IRetryOptions? Retry { get; set; }
}
