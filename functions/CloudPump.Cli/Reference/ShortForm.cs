using CloudPump.Pipelines;

namespace CloudPump.Cli.Reference;

/// <summary>How a component is written without naming its main option.</summary>
internal static class ShortForm
{
    /// <summary>A sentence about it; empty when there is no short form.</summary>
    public static string Of(ComponentDescriptor component)
    {
        var main = component.Options.FirstOrDefault(o => o.Main);
        return main switch
        {
            null => "",
            { IsMap: true } => $"The map '{main.Name}' is written directly: `{component.Name}: {{NAME: ...}}`.",
            { IsList: true } => $"Short form: `{component.Name}: [...]` sets '{main.Name}'.",
            _ => $"Short form: `{component.Name}: VALUE` sets '{main.Name}'.",
        };
    }
}
