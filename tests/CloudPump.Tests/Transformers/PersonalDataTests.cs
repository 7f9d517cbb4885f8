using CloudPump.Events;
using CloudPump.Pipelines;
using CloudPump.Transformers;

namespace CloudPump.Tests.Transformers;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("Write to anna.b+x@mail.example.org.", "Write to [email].")]
    [InlineData("<a@b.co>,(c@d.org)", "<[email]>,([email])")]
    [InlineData("no@domain, @handle, a@b", "no@domain, @handle, a@b")]
    [InlineData("from 203.0.113.7:80 and 2001:db8::1, v1.2.3", "from [ip]:80 and [ip], v1.2.3")]
    [InlineData("at 13:55:36 on 2026-10-10", "at 13:55:36 on 2026-10-10")]
    [InlineData("card 4111 1111 1111 1111 or 4111-1111-1111-1112", "card [card] or 4111-1111-1111-1112")]
    [InlineData("call +49 (0)228 123 45 67 or 0228/1234567", "call [phone] or [phone]")]
    [InlineData("order 4711001234567, size 10 20 30", "order 4711001234567, size 10 20 30")]
    [InlineData("Anna Maria Schmidt met Dr. Özil and mr smith", "[name] met [name] and mr smith")]
    [InlineData("Peter's house, Paul, Markdown and Annabel", "[name]'s house, [name], Markdown and Annabel")]
    [InlineData("Jürgen Müller-Lüdenscheidt", "[name]")]
    [InlineData("", "")]
    [InlineData("0123", "0123")]
    public void Free_text_is_cleaned(string text, string expected) => Assert.Equal(
        $$"""{"t":"{{expected}}"}""", Bench.Apply(Step(new AnonymizeMethod { Text = new() }), $$"""{"t":"{{text}}"}"""));

    [Fact]
    public void Only_what_is_asked_for_is_looked_for_and_a_key_gives_pseudonyms()
    {
        var text = """{"t":"Anna a@b.org Anna Zorro"}""";
        Assert.Equal("""{"t":"Anna [email] Anna Zorro"}""", Bench.Apply(Step(new AnonymizeMethod { Text = new() { Find = [PersonalKind.Email] } }), text));
        var cleaned = Bench.Apply(Step(new AnonymizeMethod { Text = new() { Key = "k" } }), """{"t":"Anna, Bob, Anna"}""")!.Split(", ");
        Assert.Matches(@"^\{""t"":""\[name [0-9a-f]{12}\]$", cleaned[0]);
        Assert.Equal(cleaned[0][6..], cleaned[2][..^2]);
        Assert.NotEqual(cleaned[0][6..], cleaned[1]);
        Assert.Equal("""{"t":"[name] and Zed"}""", Bench.Apply(Step(new AnonymizeMethod { Text = new() { Names = ["Zorro"] } }), """{"t":"Zorro and Zed"}"""));
    }

    [Theory]
    [InlineData("anna@example.org", "***@example.org")]
    [InlineData("not one", null)]
    [InlineData("a@b", null)]
    public void An_email_keeps_its_domain(string value, string? expected) => Expect(new AnonymizeMethod { Email = new() }, value, expected);

    [Theory]
    [InlineData("+49 228 1234567", "+49 *** *****67")]
    [InlineData("12345", null)]
    [InlineData("call me", null)]
    public void A_telephone_number_keeps_its_ends(string value, string? expected) => Expect(new AnonymizeMethod { Phone = new() }, value, expected);

    [Theory]
    [InlineData("4111111111111111", "************1111")]
    [InlineData("4111 1111 1111 1112", null)]
    [InlineData("", null)]
    public void A_card_keeps_its_last_digits(string value, string? expected) => Expect(new AnonymizeMethod { Card = new() }, value, expected);

    [Theory]
    [InlineData("203.0.113.7", 16, 48, "203.0.0.0")]
    [InlineData("203.0.113.7", 32, 48, "203.0.113.7")]
    [InlineData("203.0.113.7", 0, 48, "0.0.0.0")]
    [InlineData("203.0.113.255", 25, 48, "203.0.113.128")]
    [InlineData("2001:db8:1:2:3:4:5:6", 24, 64, "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2:3:4:5:6", 24, 128, "2001:db8:1:2:3:4:5:6")]
    [InlineData("2001:db8:ffff::1", 24, 36, "2001:db8:f000::")]
    [InlineData("2001:db8::1", 24, 0, "::")]
    public void Networks_have_the_size_that_is_asked_for(string address, int ipv4, int ipv6, string expected) =>
        Expect(new AnonymizeMethod { Truncate = new() { Ipv4 = ipv4, Ipv6 = ipv6 } }, address, expected);

    [Fact]
    public void Keys_change_with_the_time_of_receipt_and_a_redelivery_gives_the_same()
    {
        var connections = new ConnectionSet();
        connections.Add("p", "keys", new KeysConnection { Keys = [new() { Id = "a", Key = "1" }, new() { Id = "b", Key = "2", From = "2027-01-01" }] });
        var bench = new Bench(new BuildContext { Pipeline = "p", Connections = connections });
        foreach (var day in new[] { "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z", "2026-12-31T23:59:59Z" })
        {
            var json = """{"t":"frank"}"""u8;
            bench.Batch.Add(new EventHeader { RawOffset = bench.Batch.Append(json), RawLength = json.Length, Received = DateTimeOffset.Parse(day, System.Globalization.CultureInfo.InvariantCulture).UtcTicks });
        }

        var events = bench.Run(new CloudPump.Parsers.Json(), Step(new AnonymizeMethod { Hash = new() { Connection = "p" } })).Events;
        Assert.Matches(@"^\{""t"":""a\.[0-9a-f]{32}""\}$", events[0]);
        Assert.Matches(@"^\{""t"":""b\.[0-9a-f]{32}""\}$", events[1]);
        Assert.Equal(events[0], events[2]);
        Assert.NotEqual(events[0][8..], events[1][8..]);
    }

    [Theory]
    [InlineData("", "The sink would get personal data as it came: 'ip', 'user.email'.")]
    [InlineData("- remove: [ip, user]", null)]
    [InlineData("- anonymize: {ip: truncate, user.email: email}", null)]
    [InlineData("- keep: [n]", null)]
    [InlineData("- anonymize: {ip: hash, user: drop}", "The hash of 'ip' takes either a 'key' or a 'connection' of the kind keys.")]
    [InlineData("- anonymize: {ip: {hash: {connection: none}}, user: drop}", "There is no connection 'none' in connections.yaml.")]
    [InlineData("- anonymize: {ip: truncate}", "as it came: 'user.email'.")]
    [InlineData("- rename: {ip: addr}\n  - remove: [ip, user]", "as it came: 'addr'.")]
    [InlineData("- set: {copy: ip}\n  - remove: [ip, user]", "as it came: 'copy'.")]
    [InlineData("- set: {copy: \"'x' + user.email\"}\n  - remove: [ip, user]", "as it came: 'copy'.")]
    [InlineData("- set: {all: event}\n  - remove: [ip, user]", "as it came: 'all'.")]
    [InlineData("- set: {ok: \"ip == 'x'\", h: \"hmac(ip, 'k')\"}\n  - remove: [ip, user]", null)]
    [InlineData("- set: {h: \"hmac(ip, 'k') + ip\"}\n  - remove: [ip, user]", "as it came: 'h'.")]
    [InlineData("- hash: {fields: [ip]}\n  - remove: [ip, user]", "as it came: 'hash'.")]
    [InlineData("- flatten: {separator: _}\n  - remove: [ip]", "as it came: 'user_email'.")]
    [InlineData("- route: [{when: 'true', to: other}]\n  - remove: [ip, user]", "'other' would get personal data as it came")]
    [InlineData("- time_window: {name: w, size: 1m, by: [ip], measures: {n: count()}}\n  - remove: [ip, user]", "The results of 'w' would hold personal data as it came: ip.")]
    [InlineData("- time_window: {name: w, size: 1m, measures: {n: distinct(ip)}}\n  - remove: [ip, user]", null)]
    [InlineData("- time_window: {name: w, size: 1m, measures: {n: last(user.email)}}\n  - remove: [ip, user]", "would hold personal data as it came: last(user.email).")]
    [InlineData("- lookup_set: {name: seen, values: [n]}\n  - remove: [ip, user]", "'lookup_set' would give personal data away as it came: 'ip'.")]
    [InlineData("- lookup_set: {name: seen, key: [n], value: user}\n  - remove: [ip, user]", "'lookup_set' would give personal data away as it came: 'user'.")]
    [InlineData("- lookup_set: {name: seen, key: [n]}\n  - remove: [ip, user]", "as it came: 'ip', 'user.email'.")]
    [InlineData("- anonymize: {ip: truncate}\n  - lookup_set: {name: seen, values: [n]}\n  - remove: [user]", null)]
    [InlineData("- enrich_http: {connection: web, path: \"'/' + user.email\", target: t}\n  - remove: [ip, user]", "'enrich_http' would give personal data away as it came: ''/' + user.email'.")]
    [InlineData("- enrich_http: {connection: web, path: \"'/' + hmac(ip, 'k')\", target: t}\n  - remove: [ip, user]", null)]
    public async Task Check_refuses_what_would_send_personal_fields_raw(string steps, string? message)
    {
        using var cli = new Cli.CliRun();
        cli.File("connections.yaml", "web: {http: 'http://127.0.0.1:1'}\n");
        cli.File("lookups.yaml", "seen: {table: {key: ip}}\n");
        cli.File("other.yaml", "pipeline: other\nsink: {console: {}}\n");
        var file = cli.File("p.yaml", $"pipeline: p\npersonal: [ip, user.email]\nsources: [{{stream: s}}]\nprocessors:\n  - parse: json\n  {steps}\nsink: {{console: {{}}}}\n");
        Assert.Equal(message is null ? 0 : 1, await cli.RunAsync("check", file));
        Assert.Contains(message ?? "", cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p: {keys: [{id: a, key: x, from: 2026-01-01}]}", "The first key counts from the beginning")]
    [InlineData("p: {keys: [{id: a, key: x}, {id: b, key: y}]}", "The key 'b' takes 'from'")]
    [InlineData("p: {keys: [{id: a, key: x}, {id: a, key: y, from: 2026-01-01}]}", "Two keys have the id 'a'.")]
    public async Task Wrong_keys_are_told(string yaml, string message)
    {
        using var cli = new Cli.CliRun();
        Assert.Equal(1, await cli.RunAsync("check", cli.File("connections.yaml", yaml)));
        Assert.Contains(message, cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("'x'", cli.Output, StringComparison.Ordinal);
    }

    private static Anonymize Step(AnonymizeMethod method) => new() { Fields = { { "t", method } } };

    private static void Expect(AnonymizeMethod method, string value, string? expected) =>
        Assert.Equal(expected is null ? "{}" : $$"""{"t":"{{expected}}"}""", Bench.Apply(Step(method), $$"""{"t":"{{value}}"}"""));
}
