using CloudPump.Analyzers;
using CloudPump.Connectors.Files;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Analyzers;

public sealed class DimensionTests
{
    private static readonly ComponentRegistry Registry = new(typeof(FileSink).Assembly);

    [Fact]
    public void A_dimension_is_named_by_its_text_or_by_a_map()
    {
        var window = Read("[path, {page: \"size(path)\"}, {code: status}]", out var diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal(["path", "page", "code"], window!.By.Select(d => d.Name));
        Assert.Equal(["path", "size(path)", "status"], window.By.Select(d => d.Expression.Text));
    }

    [Fact]
    public void The_canonical_text_keeps_names()
    {
        Assert.Contains("\"by\":[\"path\",{\"page\":\"size(path)\"}]", Text("[path, {page: \"size(path)\"}]"), StringComparison.Ordinal);
        Assert.Contains("\"by\":[{\"page\":\"path\"}]", Text("{page: path}"), StringComparison.Ordinal);
        Assert.Contains("\"by\":[\"path\"]", Text("{path: path}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{page: status >}]", "f.yaml:2:72: error: ")]
    [InlineData("[{a: path, b: path}]", "f.yaml:2:57: error: An item of 'by' takes an expression, or one name with its expression: {name: expression}.")]
    [InlineData("[{a: [path]}]", "f.yaml:2:57: error: An item of 'by' takes")]
    [InlineData("[{'': path}]", "f.yaml:2:57: error: An item of 'by' takes")]
    [InlineData("[{a: }]", "f.yaml:2:58: error: 'a' has no value; it takes an expression.")]
    [InlineData("[path, path]", "f.yaml:2:56: error: The results have two fields 'path'; name the dimension otherwise: {a_name: \"path\"}.")]
    [InlineData("[{n: path}]", "f.yaml:2:56: error: The results have two fields 'n';")]
    [InlineData("[{window_start: path}]", "f.yaml:2:56: error: The results have two fields 'window_start';")]
    public void A_mistake_has_its_place(string by, string message)
    {
        Read(by, out var diagnostics);
        Assert.StartsWith(message, Assert.Single(diagnostics).ToString(), StringComparison.Ordinal);
    }

    private static string Text(string by) => DefinitionText.Of(Read(by, out _)!, Registry).ToJsonString();

    private static TimeWindow? Read(string by, out List<Diagnostic> diagnostics)
    {
        diagnostics = [];
        var yaml = $"pipeline: p\nprocessors: [{{time_window: {{name: w, size: 1m, by:     {by}, measures: {{n: count()}}}}}}]\nsink: {{file: x}}";
        var window = (TimeWindow?)new PipelineReader(Registry, _ => null).Read("f.yaml", yaml, diagnostics).SingleOrDefault()?.Processors[0];
        window?.Check(new CheckReport(diagnostics));
        return window;
    }
}
