namespace CloudPump.Tests.App.Surface;

/// <summary>
/// What the listings leave out and the app needs, in their form. The brackets say where the facts name the type, and in which assembly its members were read.
/// </summary>
internal static class SdkExtras
{
    public const string Listing = """
        ## Azure.Data.Tables.Models.TableItem [tables.txt, TableClient.CreateIfNotExistsAsync; Azure.Data.Tables 12.13.0] : Object
        ## Azure.Data.Tables.TableClientOptions [api-facts.md, Azure.Data.Tables; Azure.Data.Tables 12.13.0] : ClientOptions
        ## Azure.Messaging.ServiceBus.CreateMessageBatchOptions [servicebus.txt, ServiceBusModelFactory; Azure.Messaging.ServiceBus 7.21.0] : Object
        ## Azure.Messaging.ServiceBus.ServiceBusMessageState [servicebus.txt, ServiceBusModelFactory; Azure.Messaging.ServiceBus 7.21.0] : Enum
          Active = 0
        ## Microsoft.DurableTask.Entities.ITaskEntity [durable.txt, TaskEntity; Microsoft.DurableTask.Abstractions 1.27.0] :
          ValueTask<object?> RunAsync(TaskEntityOperation operation)
        ## Microsoft.Azure.Functions.Worker.FunctionDefinition [api-facts.md, Worker basics; design 6 has its Name; Worker.Core 2.52.0] : Object
          protected FunctionDefinition()
          abstract string Name { get; }
        ## Microsoft.Azure.Functions.Worker.Core.FunctionMetadata.IFunctionMetadataTransformer [design 6; Worker.Core 2.52.0] :
          string Name { get; }
          void Transform(IList<IFunctionMetadata> original)
        ## Microsoft.Azure.Functions.Worker.Core.FunctionMetadata.IRetryOptions [design 6, retry options; Worker.Core 2.52.0] :
        ## Microsoft.Azure.Functions.Worker.Core.FunctionMetadata.IFunctionMetadata [design 6; Worker.Core 2.52.0] :
          string? FunctionId { get; }
          bool IsProxy { get; }
          string? Language { get; }
          bool ManagedDependencyEnabled { get; }
          string? Name { get; }
          string? EntryPoint { get; }
          IList<string>? RawBindings { get; }
          string? ScriptFile { get; }
          IRetryOptions? Retry { get; }
        ## Microsoft.Azure.Functions.Worker.Core.FunctionMetadata.DefaultFunctionMetadata [design 6; Worker.Core 2.52.0] : Object IFunctionMetadata
          DefaultFunctionMetadata()
          string? FunctionId { get; }
          bool IsProxy { get; set; }
          string? Language { get; set; }
          bool ManagedDependencyEnabled { get; set; }
          string? Name { get; set; }
          string? EntryPoint { get; set; }
          IList<string>? RawBindings { get; set; }
          string? ScriptFile { get; set; }
          IRetryOptions? Retry { get; set; }
        """;
}
