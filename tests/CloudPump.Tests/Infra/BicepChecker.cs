namespace CloudPump.Tests.Infra;

/// <summary>Finds what is wrong in Bicep files without a compiler: braces, quotes, names, modules and their parameters.</summary>
internal static class BicepChecker
{
    /// <summary>The mistakes of a file; the files of its modules are read with a function that gives null for a file that is not there.</summary>
    public static IEnumerable<string> Check(BicepFile file, Func<string, BicepFile?> find) =>
        file.Mistakes.Concat(Names(file)).Concat(file.Modules.SelectMany(m => Module(m, find(m.Path))));

    private static IEnumerable<string> Names(BicepFile file)
    {
        foreach (var (name, line) in file.Used.Where(u => !file.Declared.ContainsKey(u.Key) && !file.Locals.Contains(u.Key)))
        {
            yield return $"{line}: '{name}' is not declared";
        }

        foreach (var (name, (what, line)) in file.Declared.Where(d => d.Value.What is "param" or "var" or "func" && !file.Used.ContainsKey(d.Key)))
        {
            yield return $"{line}: the {what} '{name}' is not used";
        }
    }

    private static IEnumerable<string> Module(BicepModule module, BicepFile? target)
    {
        if (target is null)
        {
            return [$"{module.Line}: there is no file '{module.Path}'"];
        }

        return module.Given.Except(target.Parameters.Keys, StringComparer.Ordinal).Select(p => $"{module.Line}: '{module.Path}' has no parameter '{p}'")
            .Concat(target.Parameters.Where(p => !p.Value).Select(p => p.Key).Except(module.Given, StringComparer.Ordinal).Select(p => $"{module.Line}: '{module.Path}' needs the parameter '{p}'"));
    }
}
