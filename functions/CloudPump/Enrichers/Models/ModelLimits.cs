namespace CloudPump.Enrichers.Models;

/// <summary>How large a model may be; beyond, a file is taken for a mistake or an attack.</summary>
internal static class ModelLimits
{
    public const int FileBytes = 64 << 20;
    public const int Depth = 16;
    public const int Features = 10_000;
    public const int Classes = 1_000;
    public const int Trees = 100_000;
    public const int Nodes = 4_000_000;
    public const int Values = 16_000_000;
}
