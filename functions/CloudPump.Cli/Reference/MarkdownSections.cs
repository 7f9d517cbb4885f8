namespace CloudPump.Cli.Reference;

/// <summary>The parts of the reference that no component tells.</summary>
internal static class MarkdownSections
{
    public const string Head = """
        # Reference

        This file is written by `cloudpump help --markdown` from the components themselves; do not edit it.
        `cloudpump list` and `cloudpump help NAME` show the same on the terminal.

        ## Contents
        - [A pipeline file](#a-pipeline-file)
        """;

    public const string Contents = """
        - [Expressions](#expressions), [Durations](#durations), [Sizes](#sizes), [Environment variables](#environment-variables), [Unit tests](#unit-tests)

        ## A pipeline file
        One file is one pipeline: its sources, the processors in order, one sink, and its unit tests.

        ```yaml
        pipeline: weblogs
        description: One line for people.
        sources:
          - stream: weblogs
        processors:
          - parse: access_log
          - set: {is_error: "status >= 500"}
          - route:
              - {when: is_error, to: errors}
        sink:
          file: out/weblogs.ndjson
        tests:
          - name: an error is routed
            given: ['203.0.113.7 - - [10/Oct/2026:13:55:36 +0000] "GET /a HTTP/1.1" 500 12']
            routed: {errors: 1}
        ```

        A pipeline's name is a letter a-z, then up to 39 of a-z, 0-9, _ and -. A pipeline that others send to needs no source of its own.
        Other pipelines are found beside the file, connections in `connections.yaml` and lookups in `lookups.yaml` beside it. Where a short form is named below, `filter: "a > 1"` stands for
        `filter: {when: "a > 1"}`. Names with dots lead into objects: `user.email`.

        `personal: [client_ip, user.email]` names fields that hold personal data. `cloudpump check` follows them through the processors, also under other names and in other fields, and refuses a sink, a
        stream, a route, results of an analyzer, an entry of a lookup or a request that would get one of them as it came. `anonymize`, `remove`, `keep` and `hmac()` take them out.

        `lookups.yaml` names tables of keys and values: `cells: {csv: {path: cells.csv, key: [plmn, cell]}}`. The processor `lookup`, `map` and the function `lookup()` ask them. They are in memory and read
        again when their source changes; those of the kind `table` are filled by `lookup_set` and by `cloudpump lookup set`, and kept by the host. `cloudpump lookup list`, `get` and `export` look into them.
        A lookup that one instance has in use, others can follow by HTTP (`follow`): only changes travel, and what was last had is kept on disk.
        """;

    public const string Tail = """
        ## Expressions
        Expressions are [CEL](https://cel.dev): `status >= 500 && path.startsWith('/api')`. Fields are variables; `event` is the whole event (`event.bytes` is
        always the field), `meta` where it comes from: `meta.stream`, `meta.partition`, `meta.offset`, `meta.index`, `meta.received`, `meta.id`.
        A condition over a missing field is false; any other mistake makes a dead letter. Try one: `cloudpump eval "1 + 2"`.

        | for | there is |
        |---|---|
        | operators | `+ - * / %`, `== != < <= > >=`, `&& \|\| !`, `a ? b : c`, `x in list`, `a[0]`, `a.b` |
        | presence | `has(user.email)` |
        | lists and objects | `size`, `all`, `exists`, `exists_one` (`existsOne`), `map`, `filter`, `transformList`, `transformMap`, as in `tags.exists(t, t == 'vip')` |
        | names | `cel.bind(x, size(path), x * x)` |
        | texts | `contains`, `startsWith`, `endsWith`, `matches`, `lower`, `upper`, `lowerAscii`, `upperAscii`, `trim`, `replace`, `split`, `join`, `substring`, `charAt`, `indexOf`, `lastIndexOf`, `reverse`, `format`, `strings.quote` |
        | types | `bool`, `int`, `uint`, `double`, `string`, `bytes`, `dyn`, `type`, `timestamp`, `duration` |
        | times | `getFullYear`, `getMonth`, `getDate`, `getDayOfMonth`, `getDayOfWeek`, `getDayOfYear`, `getHours`, `getMinutes`, `getSeconds`, `getMilliseconds`, as in `timestamp.getHours('Europe/Berlin')` |
        | times as text | `format_time(timestamp, 'yyyy.MM.dd')`, in a zone `format_time(timestamp, 'dd MMM HH:mm zzz', 'Europe/Berlin')`; see below |
        | the event | `now()`: the time received; `uuid()`: an id made from the event's; `sample(0.1)`: true for one event in ten, always the same ones |
        | numbers | `math.abs`, `math.sign`, `math.sqrt`, `math.greatest`, `math.least`, `math.ceil`, `math.floor`, `math.round`, `math.trunc`, `math.isNaN`, `math.isInf`, `math.isFinite` |
        | places | `geo_cell(lat, lon, 5km)`: the centre of the cell of about that size, as text; sizes are metres, `500m`, `5km`, or such a text |
        | bits | `math.bitAnd`, `math.bitOr`, `math.bitXor`, `math.bitNot`, `math.bitShiftLeft`, `math.bitShiftRight` |
        | encodings | `base64.encode`, `base64.decode` |
        | digests | `hash(email)`: SHA-256 of a text or bytes in hexadecimal digits, `hash(email, 'md5')` with `sha256`, `sha512`, `sha384`, `sha1`, `md5` or `xxh64` (quick, for sharding); `hmac(email, key)`: HMAC-SHA-256, which nobody can guess without the key |
        | addresses | `ip_in`, as in `client_ip.ip_in('10.0.0.0/8')`, `client_ip.ip_in(['10.0.0.0/8', '2001:db8::/32'])`; `::ffff:10.1.2.3` is `10.1.2.3`; a text that is no address is an error |
        | URLs | `parse_url(url)`: `scheme`, `user`, `host`, `port`, `path`, `query`, `parameters`, `fragment`, as in `parse_url(path).parameters.utm_source` |
        | tables | `lookup('cells', cell_id)`, with several keys `lookup('cells', [operator, cell_id])`, with a default `lookup('cells', cell_id, 'unknown')` |

        - `parse_url` takes whole URLs and references such as `/path?query`. A part that is not written is not there, `parameters` has texts (decoded), or lists of
          texts where a name comes more than once, and a password is left out. Path and query stay as they are written.
        - `format_time` knows `yyyy`, `yy`, `MM`, `MMM` (Jan), `dd`, `ddd` (Mon), `HH`, `mm`, `ss`, `fff`, `ffffff`, `fffffffff` (fractions of a second) and `zzz` (+02:00).
          Other characters stand for themselves, letters but `T` in 'quotes': `format_time(timestamp, "yyyy-MM-ddTHH:mm:ss'Z'")`. Without a zone the time is in UTC.
        - `lookup` without a default is like a field: an entry that is not there makes a condition false. With a default it also stands in for a key that the event
          does not have. An entry that is an object has fields: `lookup('cells', cell_id).city`.
        - `lower` and `upper` change the letters of every script one by one, the same in every language.

        Wrong types are found when the file is read, as far as they can be known: `'a' + 1`, `size(1)`, `timestamp('nonsense')`, a condition that is a number.

        In an expression a duration is `duration('5m')` and a time `timestamp('2026-10-10T13:55:36Z')`.

        ## Durations
        `500ms`, `30s`, `5m`, `1h`, `7d`, and sums such as `1h30m`.

        ## Sizes
        Bytes: `512`, `64kb`, `1mb`, `2gb`, in powers of 1,024.

        ## Environment variables
        `${NAME}` in a value reads an environment variable (on Azure an app setting); without it the file is wrong. `${NAME:-default}` takes the default instead,
        and `$${` stands for `${` itself. Keys and passwords belong there; they are never shown.

        `CLOUDPUMP_HOME` is the folder of what is installed for all runs, such as location databases. `NO_COLOR` turns colours off.

        ## Unit tests
        `cloudpump test [PATH...]` runs the tests in the part `tests:` of pipeline files. The given events go through the processors, then the input ends and all
        windows close. Nothing outside is touched: no sink is opened, the time received is always 2026-01-01T00:00:00Z, and `geoip` uses its built-in table of
        countries unless the pipeline names a database.

        | part | what it says |
        |---|---|
        | `name` | what the test shows |
        | `given` | the events: a text is the original bytes; a map gives fields |
        | `expect` | the events that the sink gets, in order; without it they are not checked |
        | `routed` | pipeline to number of events that routes send there; a pipeline that is not named must get none |
        | `findings` | pipeline (or `findings`) to the results that analyzers send there, in order |
        | `dead` | the number of dead letters; without it there must be none |

        - The listed fields must match, others may be there; the number of events must be the same. Numbers are compared as numbers (`2` is `2.0`), lists and
          objects as a whole; `geo.country` looks into an object. `null` also stands for a field that is not there.
        - Fields given as a map are what the JSON parser makes of them. RFC 3339 texts in the fields `timestamp`, `@timestamp`, `window_start` and `window_end` become
          timestamps, as they are when another pipeline sends them; other texts stay texts. A pipeline that begins with `parse: json` gets the map as JSON text.
        """;
}
