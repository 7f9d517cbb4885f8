using System.Text;

namespace CloudPump.Connectors.Generate;

/// <summary>What the visitors of the sample web shop ask for, where they come from, and what they use.</summary>
internal static class WeblogVocabulary
{
    private const int Products = 1_000;
    private static readonly string[] Categories = ["books", "garden", "kitchen", "lighting", "music", "office", "outdoor", "toys"];
    private static readonly string[] Adjectives =
    [
        "blue", "compact", "classic", "folding", "green", "light",
        "modern", "oak", "red", "small", "sturdy", "warm",
    ];
    private static readonly string[] Things =
    [
        "bench", "chair", "desk", "drum", "kettle", "lamp",
        "notebook", "pan", "puzzle", "shelf", "tent", "watering-can",
    ];
    private static readonly string[] Topics =
    [
        "autumn-sale", "behind-the-scenes", "caring-for-wood",
        "gift-ideas", "how-we-ship", "small-gardens", "tea-time",
    ];

    /// <summary>Names of people who have logged in.</summary>
    public static byte[][] Users { get; } = ToBytes(
    [
        "amara", "bruno", "chiara", "dmitri", "eleni", "farid",
        "greta", "hiro", "ines", "jonas", "kavya", "liam",
    ]);

    /// <summary>User agents, the most frequent first.</summary>
    public static byte[][] Agents { get; } = ToBytes(
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0",
        "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "curl/8.14.1",
        "python-requests/2.32.4",
    ]);

    /// <summary>Referrers; most requests of a page have none or one of the shop's own pages.</summary>
    public static byte[][] Referrers { get; } = ToBytes(
    [
        "-", "https://shop.example.com/",
        "https://www.google.com/", "https://shop.example.com/search?q=lamp", "https://shop.example.com/products/garden",
        "https://www.bing.com/", "https://shop.example.com/cart", "https://duckduckgo.com/", "https://news.example.org/best-gifts-of-the-year",
    ]);

    /// <summary>Request lines without quotes, the most frequent first.</summary>
    public static byte[][] CreateRequests() => ToBytes([.. Pages().Distinct(StringComparer.Ordinal)]);

    // The order is the popularity: entry pages and assets, then a mixture of everything else.
    private static IEnumerable<string> Pages()
    {
        string[] first =
        [
            "/", "/assets/app.js", "/assets/app.css", "/assets/logo.svg",
            "/favicon.ico", "/search?q=lamp", "/cart", "/login", "/robots.txt",
        ];
        foreach (var path in first)
        {
            yield return Get(path);
        }

        yield return "POST /cart/items HTTP/1.1";
        yield return "POST /login HTTP/1.1";
        yield return "POST /checkout HTTP/1.1";
        for (var i = 0; i < Products; i++)
        {
            yield return Get(Product(i));
            if (i % 2 == 0)
            {
                yield return Other(i / 2);
            }
        }
    }

    private static string Product(int i) =>
        $"/products/{Categories[i % Categories.Length]}/{Adjectives[i / 3 % Adjectives.Length]}-{Things[i / 7 % Things.Length]}-{1000 + i}";

    private static string Other(int i) => (i % 5) switch
    {
        0 => Get($"/api/v1/products/{1000 + i}/stock"),
        1 => Get($"/images/{Things[i % Things.Length]}-{i}.webp"),
        2 => Get($"/search?q={Adjectives[i % Adjectives.Length]}+{Things[i / 5 % Things.Length]}&page={1 + i % 7}"),
        3 => Get($"/blog/{2018 + i % 8}/{Topics[i / 5 % Topics.Length]}-{i}"),
        _ => $"POST /api/v1/carts/{i}/items HTTP/1.1",
    };

    private static string Get(string path) => $"GET {path} HTTP/1.1";

    private static byte[][] ToBytes(string[] texts) => Array.ConvertAll(texts, Encoding.UTF8.GetBytes);
}
