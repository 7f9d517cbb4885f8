using System.Text.Json.Nodes;

namespace CloudPump.Enrichers.UserAgents;

/// <summary>Reads the text of a User-Agent header (RFC 9110, 10.1.5).</summary>
internal static class UserAgentText
{
    /// <summary>What the text tells, as an object of browser, version, os, os_version, device and bot; what is not known is not there.</summary>
    public static JsonObject Read(string text)
    {
        var result = new JsonObject();
        var bot = Array.Find(UserAgentRules.Bots, b => text.Contains(b.Word, StringComparison.OrdinalIgnoreCase));
        if (bot.Name is not null)
        {
            result["bot"] = bot.Name == "other" ? Product(text) : bot.Name;
            result["device"] = "bot";
        }

        Browser(text, result);
        System(text, result);
        if (bot.Name is null)
        {
            result["device"] = Array.Find(UserAgentRules.Devices, d => text.Contains(d.Word, StringComparison.Ordinal)).Kind ?? (result.ContainsKey("os") ? "desktop" : "other");
        }

        return result;
    }

    private static void Browser(string text, JsonObject result)
    {
        var browser = Array.Find(UserAgentRules.Browsers, b => text.Contains(b.Word, StringComparison.Ordinal));
        if (browser.Name is null || (browser.Word == "Version/" && !text.Contains("Safari", StringComparison.Ordinal)))
        {
            return;
        }

        result["browser"] = browser.Name;
        Set(result, "version", browser.Word == "rv:11" ? "11.0" : VersionAfter(text, browser.Word));
    }

    private static void System(string text, JsonObject result)
    {
        var system = Array.Find(UserAgentRules.Systems, s => text.Contains(s.Word, StringComparison.Ordinal));
        if (system.Name is null)
        {
            return;
        }

        result["os"] = system.Name;
        var version = system.Word.EndsWith(' ') ? VersionAfter(text, system.Word) : null;
        Set(result, "os_version", system.Word == "Windows NT " ? Array.Find(UserAgentRules.Windows, w => w.Version == version).Name ?? version : version);
    }

    private static void Set(JsonObject result, string name, string? value)
    {
        if (value is { Length: > 0 })
        {
            result[name] = value;
        }
    }

    // Digits with dots, or with underscores as Apple writes them; a word may come before them, as in CrOS x86_64 14541.0.0.
    private static string? VersionAfter(string text, string word)
    {
        var rest = text.AsSpan(text.IndexOf(word, StringComparison.Ordinal) + word.Length);
        if (word == "CrOS " && rest.IndexOf(' ') is var space and > 0)
        {
            rest = rest[(space + 1)..];
        }

        var end = rest.IndexOfAnyExcept("0123456789._");
        return (end < 0 ? rest : rest[..end]).ToString().Replace('_', '.').TrimEnd('.');
    }

    // The first product that names itself after what all write.
    private static string Product(string text)
    {
        foreach (var word in text.Split([' ', ';', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var name = word.Split('/')[0];
            if (new[] { "bot", "crawl", "spider", "slurp" }.Any(w => name.Contains(w, StringComparison.OrdinalIgnoreCase)))
            {
                return name;
            }
        }

        return text.Split('/', ' ')[0];
    }
}
