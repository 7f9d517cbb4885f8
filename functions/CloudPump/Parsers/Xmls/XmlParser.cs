using System.Text;
using System.Xml;
using CloudPump.Events;

namespace CloudPump.Parsers.Xmls;

/// <summary>Reads events as XML documents.</summary>
internal sealed class XmlParser(Xml options) : RawParser
{
    private const string TextName = "#text";
    private readonly XmlTreeReader _reader = new(options);
    private readonly ByteBuffer _json = new(1024);

    protected override string? Parse(EventBatch batch, int row)
    {
        try
        {
            var problem = _reader.Read(batch.Raw(row).ToArray(), out var name, out var root);
            if (problem is not null)
            {
                return problem;
            }

            return options.Root ? Put(batch, row, name, [root]) : Fields(batch, row, root);
        }
        catch (XmlException e)
        {
            return IsDeclared(batch.Raw(row))
                ? "The event has a document type declaration (DTD), which is not read: its entities could grow without bound, or reach for files and networks."
                : $"The event is not well-formed XML, at line {e.LineNumber}, character {e.LinePosition}.";
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return "The event is XML in an encoding that is not known here.";
        }
    }

    private static bool IsDeclared(ReadOnlySpan<byte> document) =>
        document.IndexOf("<!DOCTYPE"u8) >= 0 || document.IndexOf(Encoding.Unicode.GetBytes("<!DOCTYPE")) >= 0 || document.IndexOf(Encoding.BigEndianUnicode.GetBytes("<!DOCTYPE")) >= 0;

    private string? Fields(EventBatch batch, int row, XmlValue root)
    {
        foreach (var (name, values) in root.Members)
        {
            if (Put(batch, row, name, values) is { } problem)
            {
                return problem;
            }
        }

        return TextOf(root) is { } text ? Put(batch, row, TextName, [new XmlValue { Text = text }]) : null;
    }

    private string? Put(EventBatch batch, int row, string name, List<XmlValue> values)
    {
        if (batch.FieldCount(row) >= EventBatch.MaxFields)
        {
            return $"The event has more than {EventBatch.MaxFields} fields.";
        }

        if (!batch.Fields.TryAdd(Encoding.UTF8.GetBytes(name), out var id))
        {
            return $"The pipeline has met more than {FieldTable.MaxNames} different field names; this event brings another one.";
        }

        if (values is [{ Members.Count: 0 } single])
        {
            PutText(batch, row, id, TextOf(single));
            return null;
        }

        _json.Clear();
        Write(values);
        batch.SetText(row, id, values.Count > 1 ? FieldKind.List : FieldKind.Object, _json.Written);
        return null;
    }

    private void PutText(EventBatch batch, int row, ushort field, string? text)
    {
        if (text is null)
        {
            batch.SetNull(row, field);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        if (options.Infer && text is "true" or "false")
        {
            batch.SetBool(row, field, text == "true");
        }
        else if (options.Infer && JsonNumber.Is(bytes))
        {
            batch.SetText(row, field, FieldKind.Number, bytes);
        }
        else
        {
            batch.SetString(row, field, bytes);
        }
    }

    private void Write(List<XmlValue> values)
    {
        if (values.Count == 1)
        {
            Write(values[0]);
            return;
        }

        _json.WriteByte((byte)'[');
        for (var i = 0; i < values.Count; i++)
        {
            _json.Write(i > 0 ? ","u8 : default);
            Write(values[i]);
        }

        _json.WriteByte((byte)']');
    }

    private void Write(XmlValue value)
    {
        if (value.Members.Count == 0)
        {
            WriteText(TextOf(value));
            return;
        }

        _json.WriteByte((byte)'{');
        var first = true;
        foreach (var (name, values) in value.Members)
        {
            WriteName(name, ref first);
            Write(values);
        }

        if (TextOf(value) is { } text)
        {
            WriteName(TextName, ref first);
            WriteText(text);
        }

        _json.WriteByte((byte)'}');
    }

    private void WriteName(string name, ref bool first)
    {
        _json.Write(first ? default : ","u8);
        first = false;
        JsonText.WriteString(_json, Encoding.UTF8.GetBytes(name));
        _json.WriteByte((byte)':');
    }

    private void WriteText(string? text)
    {
        var bytes = text is null ? "null"u8.ToArray() : Encoding.UTF8.GetBytes(text);
        if (text is null || (options.Infer && (text is "true" or "false" || JsonNumber.Is(bytes))))
        {
            _json.Write(bytes);
        }
        else
        {
            JsonText.WriteString(_json, bytes);
        }
    }

    // Line ends and spaces between elements are layout, not text.
    private static string? TextOf(XmlValue value) =>
        string.IsNullOrEmpty(value.Text) || (value.Members.Count > 0 && string.IsNullOrWhiteSpace(value.Text)) ? null : value.Text;
}
