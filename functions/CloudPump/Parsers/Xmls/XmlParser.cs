using System.Xml;
using CloudPump.Events;

namespace CloudPump.Parsers.Xmls;

/// <summary>
/// Reads documents with the runtime's reader, which allocates its buffers and the texts it finds per event. Its messages can hold what the document holds, so the reasons are
/// our own.
/// </summary>
internal sealed class XmlParser : RawParser
{
    private const int KeptBytes = 1 << 20;
    private readonly Xml _options;
    private readonly XmlTreeReader _reader;
    private readonly XmlFields _fields;
    private readonly XmlReaderSettings _settings;
    private byte[] _bytes = new byte[1 << 12];

    public XmlParser(Xml options, FieldTable fields)
    {
        var tree = new XmlTree();
        _options = options;
        _reader = new XmlTreeReader(options, tree);
        _fields = new XmlFields(options, tree, fields);
        _settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = options.MaxCharacters,
            MaxCharactersFromEntities = 1_024,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
    }

    protected override string? Parse(EventBatch batch, int row)
    {
        // The arena moves when it grows, so the reader gets a copy.
        var raw = batch.Raw(row);
        if (_bytes.Length < raw.Length || (_bytes.Length > KeptBytes && raw.Length < KeptBytes))
        {
            _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(raw.Length, 1 << 12));
        }

        raw.CopyTo(_bytes);
        using var stream = new MemoryStream(_bytes, 0, raw.Length, writable: false);
        XmlReader? reader = null;
        try
        {
            reader = XmlReader.Create(stream, _settings);
            return _reader.Read(reader) ?? _fields.Set(batch, row);
        }
        catch (XmlException e)
        {
            return Reason(e, batch.Raw(row));
        }
        catch (ArgumentException)
        {
            // The runtime's reader stumbles over documents that end right after a declaration of certain encodings.
            return "The event is not well-formed XML: it ends early, or its encoding is not what it declares.";
        }
        finally
        {
            reader?.Dispose();
        }
    }

    // The runtime tells its reasons by text alone.
    private string Reason(XmlException e, ReadOnlySpan<byte> raw)
    {
        var place = e.LineNumber > 0 ? $", at line {e.LineNumber}, position {e.LinePosition}" : "";
        return e.Message.Contains("DTD is prohibited", StringComparison.Ordinal) ? $"The event has a document type declaration (DTD), which is refused{PlaceOf("<!DOCTYPE"u8, raw)}."
            : e.Message.Contains(nameof(XmlReaderSettings.MaxCharactersInDocument), StringComparison.Ordinal) ? $"The event has more than {_options.MaxCharacters} characters{place}."
            : $"The event is not well-formed XML{place}.";
    }

    // The runtime does not tell where the declaration is; in UTF-16 it is not looked for.
    private static string PlaceOf(ReadOnlySpan<byte> what, ReadOnlySpan<byte> raw)
    {
        var at = raw.IndexOf(what);
        return at < 0 ? "" : $", at line {raw[..at].Count((byte)'\n') + 1}, position {at - raw[..at].LastIndexOf((byte)'\n')}";
    }
}
