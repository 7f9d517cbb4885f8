using CloudPump.Pipelines;

namespace CloudPump.Cli.Reference;

/// <summary>An option as the reference shows it. Options inside a group carry the way to them in their name.</summary>
internal sealed record OptionRow(string Name, string Type, string Default, bool Required, bool Secret, string Help)
{
    /// <summary>The options of a component, those inside groups after the group.</summary>
    public static IEnumerable<OptionRow> Of(IReadOnlyList<OptionDescriptor> options, string prefix = "")
    {
        foreach (var option in options)
        {
            var name = prefix + option.Name;
            var type = option.TypeName == "{}" ? "no options" : option.TypeName;
            yield return new OptionRow(name, type, option.Default, option.Required, option.Secret, option.Help);
            var inner = option.IsList ? name + "[]." : option.IsMap ? name + ".NAME." : name + ".";
            foreach (var member in Of(option.Members, inner))
            {
                yield return member;
            }
        }
    }
}
