using CloudPump.Events;

namespace CloudPump.Analyzers.Windows;

/// <summary>The fields of a window's results, resolved once for the table of the results.</summary>
internal sealed class WindowFields(FieldTable fields, IReadOnlyList<string> dimensions, IEnumerable<string> measures)
{
    public FieldTable Table => fields;

    public ushort Analyzer { get; } = fields.Id("analyzer");

    public ushort Start { get; } = fields.Id("window_start");

    public ushort End { get; } = fields.Id("window_end");

    public ushort[] Dimensions { get; } = [.. dimensions.Select(fields.Id)];

    public ushort[] Measures { get; } = [.. measures.Select(fields.Id)];
}
