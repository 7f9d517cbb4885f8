using System.Text;

namespace CloudPump.Expressions;

/// <summary>Takes the value of a constant key from a map.</summary>
internal sealed class KeySelector
{
    private readonly byte[] _key;
    private readonly bool _isPlain;
    private readonly Value _keyValue;
    private readonly Value _missing;
    private readonly Value _noMap;

    public KeySelector(string key)
    {
        _key = Encoding.UTF8.GetBytes(key);
        _isPlain = Events.JsonText.IsPlain(_key);
        _keyValue = Value.OfText(_key);
        _missing = Value.OfError(new EvaluationError($"no such key '{key}'", isMissing: true));
        _noMap = Value.OfError(new EvaluationError($"the value to take '{key}' from is no map"));
    }

    /// <summary>Finds where the key's value starts in an object given as JSON text.</summary>
    public bool TryFind(ReadOnlySpan<byte> json, Scope scope, out int start) => JsonView.TryFind(json, _key, _isPlain, scope, out start);

    public Value Select(in Value map, Scope scope)
    {
        if (map.IsError)
        {
            return map;
        }

        if (map.Kind != ValueKind.Map)
        {
            // Null has no keys, as a map without this one: the event may say "nothing here" either way.
            return map.Kind == ValueKind.Null ? _missing : _noMap;
        }

        if (map.Reference is MapObject made)
        {
            return made.TryGet(_keyValue, out var found) ? found : _missing;
        }

        var json = map.Bytes;
        return JsonView.TryFind(json, _key, _isPlain, scope, out var start) ? JsonView.DecodeAt(map, json, start, scope) : _missing;
    }
}
