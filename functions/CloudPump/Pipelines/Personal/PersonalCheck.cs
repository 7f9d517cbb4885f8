using CloudPump.Analyzers;
using CloudPump.Analyzers.Measures;
using CloudPump.Lookups;
using CloudPump.Routers;

namespace CloudPump.Pipelines.Personal;

/// <summary>Refuses a sink, a stream, another pipeline, a lookup or a server that would get one of the fields that `personal:` names as it came.</summary>
internal sealed class PersonalCheck(PipelineDefinition pipeline, LookupSet lookups, ComponentRegistry registry, CheckReport report)
{
    private static readonly string[] Telling = ["first", "last", "min", "max", "top"];

    public void Run()
    {
        var fields = new PersonalFields(pipeline.Personal);
        foreach (var processor in pipeline.Processors)
        {
            processor.TracePersonal(fields);
            Refuse(processor, fields);
        }

        if (fields.Raw.Count > 0 && registry.Of(pipeline.Sink).Name != "null")
        {
            report.Error(pipeline.Sink.Location, $"The sink would get personal data as it came: {Names(fields.Raw)}. {Advice(fields.Raw.First())}");
        }
    }

    private void Refuse(ProcessorDefinition processor, PersonalFields fields)
    {
        switch (processor)
        {
            case Route route when fields.Raw.Count > 0 && route.Rules.Count > 0:
                report.Error(route.Rules[0].Location, $"'{route.Rules[0].To}' would get personal data as it came: {Names(fields.Raw)}. {Advice(fields.Raw.First())}");
                break;
            case AnalyzerDefinition analyzer:
                RefuseResults(analyzer, fields);
                break;
            default:
                RefuseGiving(processor, fields);
                break;
        }
    }

    private void RefuseGiving(ProcessorDefinition processor, PersonalFields fields)
    {
        var given = processor.GivesAway(fields, lookups).Distinct(StringComparer.Ordinal).ToList();
        if (given.Count > 0)
        {
            report.Error(processor.Location, $"'{registry.Of(processor).Name}' would give personal data away as it came: {Names(given)}. Anonymize it before this step.");
        }
    }

    private void RefuseResults(AnalyzerDefinition analyzer, PersonalFields fields)
    {
        foreach (var option in registry.Of(analyzer).Options)
        {
            var told = Told(option.Get(analyzer), fields).FirstOrDefault();
            if (told is not null)
            {
                report.Error(analyzer, option.Name, $"The results of '{analyzer.Name}' would hold personal data as it came: {told}. Anonymize it before this step.");
            }
        }

        if (analyzer is Latch { Fields.Count: 0 } && fields.Raw.Count > 0)
        {
            report.Error(analyzer.Location, $"'{analyzer.Name}' would keep personal data as it came: {Names(fields.Raw)}. {Advice(fields.Raw.First())}");
        }
    }

    // What stands in results: dimensions, values that are selected, measures that give a value back, and fields that are named.
    private static IEnumerable<string> Told(object? value, PersonalFields fields) => value switch
    {
        List<Dimension> dimensions => dimensions.Where(d => fields.Tells(d.Expression)).Select(d => d.Text),
        NamedList<MeasureCall> measures => measures.Where(m => Telling.Contains(m.Value.Function, StringComparer.Ordinal) && m.Value.Arguments.Any(fields.Tells)).Select(m => m.Value.Text),
        List<string> names => names.Where(fields.Contains),
        _ => [],
    };

    private static string Names(IEnumerable<string> fields) => string.Join(", ", fields.Select(f => $"'{f}'"));

    private static string Advice(string field) => $"Put it before through 'anonymize' or 'remove', as in: anonymize: {{{field}: drop}}.";
}
