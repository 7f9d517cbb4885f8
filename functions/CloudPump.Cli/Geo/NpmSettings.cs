using System.Text.RegularExpressions;

namespace CloudPump.Cli.Geo;

/// <summary>The user's npm settings, as far as they name a registry: those that npm itself would use.</summary>
public sealed partial class NpmSettings
{
    private const string PublicRegistry = "https://registry.npmjs.org/";
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Func<string, string?> _environment;
    private readonly Func<string?> _askNpm;

    internal NpmSettings(Func<string, string?> environment, IEnumerable<string> files, Func<string?> askNpm)
    {
        _environment = environment;
        _askNpm = askNpm;
        foreach (var file in files.Where(File.Exists))
        {
            ReadFile(file);
        }
    }

    /// <summary>The settings of this user, seen from the working directory.</summary>
    public static NpmSettings OfThisUser() => OfThisUser(Environment.GetEnvironmentVariable);

    /// <summary>The same with another environment.</summary>
    internal static NpmSettings OfThisUser(Func<string, string?> environment)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var userFile = environment("npm_config_userconfig") ?? Path.Combine(home, ".npmrc");
        return new NpmSettings(environment, [".npmrc", userFile, "/usr/local/etc/npmrc", "/etc/npmrc"], NpmCommand.GetRegistry);
    }

    /// <summary>The registry that serves a package; as with npm, a registry for its scope goes before all others.</summary>
    internal NpmRegistry RegistryOf(string package)
    {
        var scope = package.StartsWith('@') ? package.Split('/')[0] : null;
        var text = (scope is null ? null : _values.GetValueOrDefault($"{scope}:registry"))
            ?? FirstGiven(_environment("npm_config_registry"), _environment("NPM_CONFIG_REGISTRY"))
            ?? _values.GetValueOrDefault("registry")
            ?? FirstGiven(_askNpm(), PublicRegistry);
        if (!Uri.TryCreate(text?.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            throw new GeoInstallException("The npm registry of your settings is no http(s) address. Correct it: npm config set registry URL");
        }

        return new NpmRegistry(address, TokenOf(address));
    }

    // npm keeps tokens under the registry's address without the scheme, or under the path above it.
    private string? TokenOf(Uri address)
    {
        for (var place = $"//{address.Authority}{address.AbsolutePath}"; place.Length > 2; place = place[..(place[..^1].LastIndexOf('/') + 1)])
        {
            if (_values.TryGetValue($"{place}:_authToken", out var token))
            {
                return token;
            }
        }

        return null;
    }

    private void ReadFile(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && line.TrimStart()[0] is not (';' or '#'))
            {
                var value = line[(equals + 1)..].Trim().Trim('"');
                _values.TryAdd(line[..equals].Trim(), Variable.Replace(value, match => _environment(match.Groups["name"].Value) ?? match.Value));
            }
        }
    }

    private static string? FirstGiven(params ReadOnlySpan<string?> values)
    {
        foreach (var value in values)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                return value;
            }
        }

        return null;
    }

    [GeneratedRegex(@"\$\{(?<name>\w+)\}", RegexOptions.NonBacktracking)]
    private static partial Regex Variable { get; }
}
