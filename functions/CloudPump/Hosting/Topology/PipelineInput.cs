using CloudPump.Pipelines;

namespace CloudPump.Hosting.Topology;

/// <summary>One way by which a pipeline gets events: one function.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Kind">What wakes it.</param>
/// <param name="Function">The function's name: PIPELINE, or PIPELINE-SOURCE when it has several inputs.</param>
/// <param name="Entity">The stream, the topic, the schedule (NCRONTAB, six fields), or the HTTP route.</param>
/// <param name="Consumer">The consumer group of a stream or the subscription of a topic; empty for others.</param>
/// <param name="Source">The triggered source; null for other kinds.</param>
public sealed record PipelineInput(string Pipeline, InputKind Kind, string Function, string Entity, string Consumer, SourceDefinition? Source = null);
