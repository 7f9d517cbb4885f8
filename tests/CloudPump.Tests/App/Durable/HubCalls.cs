using Google.Protobuf;
using Grpc.Core;
using Microsoft.DurableTask.Protobuf;

namespace CloudPump.Tests.App.Durable;

/// <summary>Takes the real client's calls to a hub in memory; messages go through their wire format both ways.</summary>
internal sealed class HubCalls(EntityHub hub) : CallInvoker
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        IMessage response = Wire(request) switch
        {
            SignalEntityRequest signal => hub.Signal(signal),
            GetEntityRequest get => hub.Get(get),
            _ => throw new NotSupportedException($"The hub does not know '{method.Name}'."),
        };
        return new AsyncUnaryCall<TResponse>(
            Task.FromResult((TResponse)Wire(response)), Task.FromResult(new Metadata()), static () => Status.DefaultSuccess, static () => [], static () => { });
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw new NotSupportedException();

    private static IMessage Wire(object message) => ((IMessage)message).Descriptor.Parser.ParseFrom(((IMessage)message).ToByteArray());
}
