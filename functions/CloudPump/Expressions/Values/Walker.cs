namespace CloudPump.Expressions;

/// <summary>Goes through a list (index, item) or a map (key, value), made or JSON, without allocating.</summary>
internal struct Walker
{
    private readonly Value _container;
    private readonly ListValue? _list;
    private readonly MapObject? _map;
    private int _position;
    private int _index;

    public Walker(in Value container)
    {
        _container = container;
        _list = container.Reference as ListValue;
        _map = container.Reference as MapObject;
        _position = 1;
    }

    public bool Next(Scope scope, out Value key, out Value value) =>
        _list is null && _map is null ? NextJson(scope, out key, out value) : NextMade(out key, out value);

    /// <summary>The same for a container that is not JSON text.</summary>
    public bool NextMade(out Value key, out Value value) =>
        _list is not null ? NextItem(out key, out value) : NextEntry(out key, out value);

    private bool NextItem(out Value key, out Value value)
    {
        key = default;
        value = default;
        if (_index >= _list!.Count)
        {
            return false;
        }

        key = Value.Of((long)_index);
        value = _list[_index++];
        return true;
    }

    private bool NextEntry(out Value key, out Value value)
    {
        key = default;
        value = default;
        if (_index >= _map!.Count)
        {
            return false;
        }

        _map.Entry(_index++, out key, out value);
        return true;
    }

    private bool NextJson(Scope scope, out Value key, out Value value)
    {
        key = default;
        value = default;
        var json = _container.Bytes;
        var at = JsonView.SkipSpace(json, _position);
        if (at >= json.Length || json[at] is (byte)']' or (byte)'}')
        {
            return false;
        }

        var end = JsonView.SkipValue(json, at);
        if (_container.Kind == ValueKind.Map)
        {
            key = JsonView.Decode(_container, at, end, scope);
            at = JsonView.SkipSpace(_container.Bytes, JsonView.SkipSpace(_container.Bytes, end) + 1);
            end = JsonView.SkipValue(_container.Bytes, at);
        }
        else
        {
            key = Value.Of((long)_index++);
        }

        value = JsonView.Decode(_container, at, end, scope);
        _position = JsonView.SkipSpace(_container.Bytes, end) + 1;
        return true;
    }
}
