namespace CloudPump.Pipelines;

/// <summary>A connection as connections.yaml declares it.</summary>
public abstract class ConnectionDefinition : ComponentDefinition;
