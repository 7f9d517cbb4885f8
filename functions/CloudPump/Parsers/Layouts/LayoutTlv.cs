namespace CloudPump.Parsers.Layouts;

/// <summary>Fields with a tag and a length before each, in any order.</summary>
internal sealed class LayoutTlv : LayoutBody
{
    /// <summary>How many fields such a body may have.</summary>
    public const int MostFields = 1_000;

    private readonly LayoutTags _tags;
    private readonly uint[] _known;
    private readonly bool _keepsUnknown;

    public LayoutTlv(LayoutItem[] items, LayoutTags tags, bool keepsUnknown)
        : base(items)
    {
        (_tags, _keepsUnknown) = (tags, keepsUnknown);
        _known = [.. items.Select(i => i.Tag)];
    }

    public override void Read(ref LayoutReader reader, int end, LayoutOutput output)
    {
        Span<ulong> seen = stackalloc ulong[(MostFields / 64) + 1];
        seen.Clear();
        var start = reader.Position;
        while (reader.Position < end && !reader.Failed)
        {
            var at = reader.Position;
            if (!_tags.TryRead(ref reader, end, out var tag, out var tagLength, out var length))
            {
                return;
            }

            var index = _known.AsSpan().IndexOf(tag);
            if (index < 0)
            {
                Unknown(ref reader, at, tagLength, length, output);
                continue;
            }

            if (IsSet(seen, index))
            {
                // A repeated field was read together with its first one.
                if (!Items[index].Repeated)
                {
                    reader.Fail(Items[index], "comes for the second time", at);
                }

                reader.Position += length;
                continue;
            }

            seen[index >> 6] |= 1UL << index;
            Known(ref reader, Items[index], length, at, end, output);
        }

        Missing(ref reader, seen, start);
    }

    private static bool IsSet(ReadOnlySpan<ulong> seen, int index) => (seen[index >> 6] & (1UL << index)) != 0;

    private void Known(ref LayoutReader reader, LayoutItem item, int length, int at, int end, LayoutOutput output)
    {
        var next = reader.Position + length;
        if (item.Repeated)
        {
            Repeated(ref reader, item, at, end, output);
        }
        else if (item.Length >= 0 && item.Length != length)
        {
            reader.Fail(item, $"has {length} bytes; its layout says {item.Length}", at);
        }
        else if (item.IsList)
        {
            List(ref reader, item, next, output);
        }
        else
        {
            ReadItem(ref reader, item, length, output);
        }

        if (reader.Position < next && item.Body is LayoutFixed { IsStrict: true })
        {
            reader.Fail(item, $"has {next - reader.Position} bytes more than its layout", at);
        }

        reader.Position = next;
    }

    // All occurrences become one list, in the order in which they stand.
    private void Repeated(ref LayoutReader reader, LayoutItem item, int at, int end, LayoutOutput output)
    {
        output.BeginList(item);
        reader.Position = at;
        while (reader.Position < end && !reader.Failed && _tags.TryRead(ref reader, end, out var tag, out _, out var length))
        {
            var next = reader.Position + length;
            if (tag == item.Tag)
            {
                Element(ref reader, item, length, output);
            }

            reader.Position = next;
        }

        output.EndList(ref reader, item);
    }

    private static void Element(ref LayoutReader reader, LayoutItem item, int length, LayoutOutput output)
    {
        if (item.Body is { } body)
        {
            output.BeginElement();
            body.Read(ref reader, reader.Position + length, output);
            output.EndElement(ref reader);
            return;
        }

        var value = default(LayoutValue);
        if (LayoutScalars.Read(item, reader.Slice(reader.Position, length), output.Scratch, ref value) is { } wrong)
        {
            reader.Fail(item, wrong, reader.Position);
        }
        else
        {
            output.AddElement(ref reader, value);
        }
    }

    private static void List(ref LayoutReader reader, LayoutItem item, int end, LayoutOutput output)
    {
        output.BeginList(item);
        while (reader.Position < end && !reader.Failed)
        {
            var start = reader.Position;
            output.BeginElement();
            item.Body!.Read(ref reader, end, output);
            output.EndElement(ref reader);
            if (reader.Position == start)
            {
                reader.Fail(item, "comes again and again without bytes", start);
            }
        }

        output.EndList(ref reader, item);
    }

    private void Unknown(ref LayoutReader reader, int at, int tagLength, int length, LayoutOutput output)
    {
        if (_keepsUnknown)
        {
            output.AddUnknown(reader.Slice(at, tagLength), reader.Slice(reader.Position, length));
        }

        reader.Position += length;
    }

    private void Missing(ref LayoutReader reader, scoped ReadOnlySpan<ulong> seen, int start)
    {
        for (var i = 0; i < Items.Count && !reader.Failed; i++)
        {
            if (Items[i].Required && !IsSet(seen, i))
            {
                reader.Fail(Items[i], "is missing among the tags that begin there", start);
            }
        }
    }
}
