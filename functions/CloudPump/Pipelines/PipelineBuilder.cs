using CloudPump.Expressions;
using CloudPump.Routers;
using CloudPump.Transformers;

namespace CloudPump.Pipelines;

/// <summary>Builds in C# the same definition that a YAML file gives: every component is the object that YAML would make.</summary>
public sealed class PipelineBuilder
{
    private readonly string _name;
    private readonly List<SourceDefinition> _sources = [];
    private readonly List<ProcessorDefinition> _processors = [];

    internal PipelineBuilder(string name) => _name = name;

    /// <summary>Adds a source.</summary>
    public PipelineBuilder From(SourceDefinition source)
    {
        _sources.Add(source);
        return this;
    }

    /// <summary>Adds a processor.</summary>
    public PipelineBuilder Use(ProcessorDefinition processor)
    {
        _processors.Add(processor);
        return this;
    }

    /// <summary>Adds a processor with the options it has by default.</summary>
    public PipelineBuilder Use<T>()
        where T : ProcessorDefinition, new() => Use(new T());

    /// <summary>Parses the original bytes.</summary>
    public PipelineBuilder Parse(ParserDefinition parser) => Use(parser);

    /// <summary>Keeps the events for which the condition holds.</summary>
    public PipelineBuilder Filter(Expression when) => Use(new Filter { When = when });

    /// <summary>Sets a field to the value of an expression.</summary>
    public PipelineBuilder Set(string field, Expression value) => Use(new Set { Fields = new NamedList<Expression> { { field, value } } });

    /// <summary>Sends the events that meet a condition to another pipeline too.</summary>
    public PipelineBuilder Route(Expression when, string to, RouteMode mode = RouteMode.Clone) =>
        Use(new Route { Rules = [new RouteRule { When = when, To = to, Mode = mode }] });

    /// <summary>Ends the pipeline with its sink.</summary>
    public PipelineDefinition To(SinkDefinition sink) => new() { Name = _name, Sources = _sources, Processors = _processors, Sink = sink };
}
