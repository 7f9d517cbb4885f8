using System.Text;
using System.Text.Json;
using CloudPump.Embedded;
using CloudPump.Events;
using CloudPump.Lookups;
using CloudPump.Lookups.Tables;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Looking;

/// <summary>The lookups of a folder, and the store that those of the kind table lie in.</summary>
internal sealed class LookupDesk : IAsyncDisposable
{
    private readonly CommandContext _context;
    private readonly PipelineSet _set;
    private readonly EmbeddedStore? _store;
    private readonly List<LookupHost> _hosts = [];

    private LookupDesk(CommandContext context, PipelineSet set, EmbeddedStore? store) => (_context, _set, _store) = (context, set, store);

    /// <summary>The names of the lookups.</summary>
    public IEnumerable<string> Names => _set.Lookups.Names.Order(StringComparer.Ordinal);

    /// <summary>Reads lookups.yaml and connections.yaml of a folder, and opens the store when there is a data folder.</summary>
    /// <exception cref="DefinitionException">A file has mistakes.</exception>
    public static LookupDesk Open(CommandContext context, string folder, string? data)
    {
        var found = new List<Diagnostic>();
        var lookups = LookupSet.Read(folder, context.Registry, context.Environment, found);
        var connections = ConnectionSet.Read(folder, context.Registry, context.Environment, found);
        if (found.Exists(d => !d.IsWarning))
        {
            throw new DefinitionException(found);
        }

        var set = new PipelineSet([], connections: connections, lookups: lookups);
        return new LookupDesk(context, set, data is null ? null : EmbeddedStore.Open(data));
    }

    /// <summary>Loads a lookup.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public async Task<Lookup> LoadAsync(string name, CancellationToken stop)
    {
        if (!_set.Lookups.Contains(name))
        {
            throw new UsageException($"There is no lookup '{name}' in {LookupSet.FileName}.{Nearest.Hint(name, _set.Lookups.Names)}");
        }

        var host = new LookupHost(_set.Lookups, [name], new LookupHostOptions
        {
            Connections = _set.Connections,
            Time = _context.Time,
            Tables = _store?.Tables,
            Warn = text => _context.Error.WriteLine("warning: " + text),
        });
        _hosts.Add(host);
        await host.OpenAsync(stop);
        return host.Find(name)!;
    }

    /// <summary>Writes entries of a lookup of the kind table into the store.</summary>
    /// <exception cref="UsageException">The lookup is of another kind, or there is no store.</exception>
    public async Task WriteAsync(Lookup lookup, Action<LookupEdit> write, CancellationToken stop)
    {
        if (!lookup.Definition.IsDynamic)
        {
            throw new UsageException($"The lookup '{lookup.Name}' has a source of its own; only those of the kind table can be set.");
        }

        if (_store is null)
        {
            throw new UsageException("Name the data folder of the host with --data.");
        }

        var edit = new LookupEdit(lookup, _context.Time);
        write(edit);
        await _store.Tables.SetAsync(edit.Take(), stop);
    }

    /// <summary>Reads a file as the lookup's records: JSON when its name says so, else CSV.</summary>
    public async Task<LookupTable> ReadAsync(Lookup lookup, string path, CancellationToken stop)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file '{path}'.");
        }

        await using var input = File.OpenRead(path);
        var format = Path.GetExtension(path) is ".json" or ".ndjson" or ".jsonl" ? LookupFormat.Json : LookupFormat.Csv;
        return await LookupText.ReadAsync(lookup, input, format, stop);
    }

    /// <summary>A key given as words.</summary>
    /// <exception cref="UsageException">It has another number of parts, or a part is not of its type.</exception>
    public static byte[] KeyOf(Lookup lookup, string[] parts) =>
        LookupText.KeyOf(lookup, parts) ?? throw new UsageException($"A key of '{lookup.Name}' has {lookup.Definition.Options.Types.Length} part(s): {string.Join(", ", lookup.Definition.Options.Key)}.");

    /// <summary>Sets an entry to a value given as JSON, or removes it.</summary>
    public static void Set(LookupEdit edit, byte[] key, string? json, TimeProvider time)
    {
        var now = time.GetUtcNow().UtcTicks;
        if (json is null)
        {
            edit.Set(key, FieldKind.Missing, default, now);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(json);
        var kind = KindOf(json, out var text);
        edit.Set(key, kind, text is null ? bytes : Encoding.UTF8.GetBytes(text), now);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        _store?.Dispose();
    }

    // A bare word is a text, so that a shell's quotes need no second ones.
    private static FieldKind KindOf(string json, out string? text)
    {
        text = null;
        try
        {
            using var value = JsonDocument.Parse(json);
            text = value.RootElement.ValueKind == JsonValueKind.String ? value.RootElement.GetString() : null;
            return value.RootElement.ValueKind switch
            {
                JsonValueKind.Object => FieldKind.Object,
                JsonValueKind.Array => FieldKind.List,
                JsonValueKind.Number => FieldKind.Number,
                JsonValueKind.True or JsonValueKind.False => FieldKind.Bool,
                JsonValueKind.Null => FieldKind.Null,
                _ => FieldKind.String,
            };
        }
        catch (JsonException)
        {
            return FieldKind.String;
        }
    }
}
