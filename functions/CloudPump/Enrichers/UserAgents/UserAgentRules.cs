namespace CloudPump.Enrichers.UserAgents;

/// <summary>
/// The words by which browsers, systems and robots are known, in the order in which they are looked for: newer browsers name the older ones too, so the one that names most comes first. Written from
/// the vendors' documentation of their own user agents.
/// </summary>
internal static class UserAgentRules
{
    /// <summary>Robots: the word, in small letters, and the name.</summary>
    public static readonly (string Word, string Name)[] Bots =
    [
        ("googlebot", "Googlebot"), ("adsbot-google", "AdsBot-Google"), ("mediapartners-google", "Mediapartners-Google"), ("google-inspectiontool", "Google-InspectionTool"), ("bingbot", "Bingbot"),
        ("bingpreview", "BingPreview"), ("duckduckbot", "DuckDuckBot"), ("baiduspider", "Baiduspider"), ("yandexbot", "YandexBot"), ("applebot", "Applebot"), ("facebookexternalhit", "Facebook"),
        ("meta-externalagent", "Meta"), ("twitterbot", "Twitterbot"), ("linkedinbot", "LinkedInBot"), ("slackbot", "Slackbot"), ("telegrambot", "TelegramBot"), ("discordbot", "Discordbot"),
        ("whatsapp", "WhatsApp"), ("semrushbot", "SemrushBot"), ("ahrefsbot", "AhrefsBot"), ("mj12bot", "MJ12bot"), ("dotbot", "DotBot"), ("petalbot", "PetalBot"), ("amazonbot", "Amazonbot"),
        ("bytespider", "Bytespider"), ("gptbot", "GPTBot"), ("chatgpt-user", "ChatGPT-User"), ("claudebot", "ClaudeBot"), ("perplexitybot", "PerplexityBot"), ("ccbot", "CCBot"),
        ("archive.org_bot", "archive.org_bot"), ("uptimerobot", "UptimeRobot"), ("pingdom", "Pingdom"), ("headlesschrome", "HeadlessChrome"), ("curl/", "curl"), ("wget/", "Wget"),
        ("python-requests", "python-requests"), ("python-urllib", "Python-urllib"), ("aiohttp", "aiohttp"), ("go-http-client", "Go-http-client"), ("okhttp", "okhttp"), ("java/", "Java"),
        ("apache-httpclient", "Apache-HttpClient"), ("libwww-perl", "libwww-perl"), ("node-fetch", "node-fetch"), ("axios/", "axios"), ("postmanruntime", "PostmanRuntime"), ("scrapy", "Scrapy"),
        ("bot", "other"), ("crawler", "other"), ("spider", "other"), ("slurp", "other"), ("+http", "other"),
    ];

    /// <summary>Browsers: the word before the version, and the name.</summary>
    public static readonly (string Word, string Name)[] Browsers =
    [
        ("EdgiOS/", "Edge"), ("EdgA/", "Edge"), ("Edg/", "Edge"), ("Edge/", "Edge"), ("OPR/", "Opera"), ("OPiOS/", "Opera"), ("Opera Mini/", "Opera Mini"), ("Vivaldi/", "Vivaldi"), ("YaBrowser/", "Yandex"),
        ("SamsungBrowser/", "Samsung Internet"), ("UCBrowser/", "UC Browser"), ("DuckDuckGo/", "DuckDuckGo"), ("Brave/", "Brave"), ("FxiOS/", "Firefox"), ("Focus/", "Firefox"), ("SeaMonkey/", "SeaMonkey"),
        ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chromium/", "Chromium"), ("Chrome/", "Chrome"), ("MSIE ", "Internet Explorer"), ("rv:11", "Internet Explorer"), ("Version/", "Safari"), ("Opera/", "Opera"),
    ];

    /// <summary>Systems: the word before the version, and the name.</summary>
    public static readonly (string Word, string Name)[] Systems =
    [
        ("Windows Phone ", "Windows Phone"), ("Windows NT ", "Windows"), ("Windows", "Windows"), ("iPhone OS ", "iOS"), ("CPU OS ", "iPadOS"), ("HarmonyOS ", "HarmonyOS"), ("Android ", "Android"),
        ("Android", "Android"), ("CrOS ", "ChromeOS"), ("Tizen ", "Tizen"), ("Web0S", "webOS"), ("Mac OS X ", "macOS"), ("Macintosh", "macOS"), ("Ubuntu", "Ubuntu"), ("Fedora", "Fedora"), ("Linux", "Linux"),
        ("FreeBSD", "FreeBSD"), ("OpenBSD", "OpenBSD"),
    ];

    /// <summary>Windows NT's versions as their names.</summary>
    public static readonly (string Version, string Name)[] Windows = [("10.0", "10"), ("6.3", "8.1"), ("6.2", "8"), ("6.1", "7"), ("6.0", "Vista"), ("5.2", "XP"), ("5.1", "XP")];

    /// <summary>Kinds of devices: the word, and the kind; without any it is a desktop.</summary>
    public static readonly (string Word, string Kind)[] Devices =
    [
        ("SmartTV", "tv"), ("SMART-TV", "tv"), ("AppleTV", "tv"), ("Apple TV", "tv"), ("Web0S", "tv"), ("BRAVIA", "tv"), ("CrKey", "tv"), ("PlayStation", "console"), ("Xbox", "console"), ("Nintendo", "console"),
        ("iPad", "tablet"), ("Tablet", "tablet"), ("Kindle", "tablet"), ("Silk/", "tablet"), ("iPhone", "mobile"), ("iPod", "mobile"), ("Mobile", "mobile"), ("Android", "tablet"), ("Opera Mini", "mobile"),
        ("Windows Phone", "mobile"),
    ];
}
