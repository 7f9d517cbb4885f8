using System.Buffers;
using System.Buffers.Text;
using CloudPump.Events;

namespace CloudPump.Parsers.Layouts;

/// <summary>Reads one binary record per event.</summary>
internal sealed class XdrParser(LayoutBody body, int registers, XdrEncoding encoding, FieldTable fields) : RawParser
{
    private readonly long[] _registers = new long[registers];
    private readonly LayoutOutput _output = new(fields.Id("unknown"));

    protected override string? Parse(EventBatch batch, int row)
    {
        var (offset, length) = (batch.Header(row).RawOffset, batch.Header(row).RawLength);
        if (encoding != XdrEncoding.Binary && Decode(batch, ref offset, ref length) is { } wrong)
        {
            return wrong;
        }

        // Fields that are made are appended to the arena, which may move it; what this span points to stays as it is.
        var reader = new LayoutReader(batch.Bytes(offset, length), offset, _registers);
        _registers.AsSpan().Clear();
        _output.Begin(batch, row);
        body.Read(ref reader, length, _output);
        _output.End(ref reader);
        if (!reader.Failed && reader.Position < length && body is LayoutFixed { IsStrict: true })
        {
            reader.Fail($"{length - reader.Position} bytes follow the last field of the layout");
        }

        return reader.Error;
    }

    private string? Decode(EventBatch batch, ref int offset, ref int length)
    {
        var text = batch.Bytes(offset, length).Trim(" \r\n"u8);
        var room = batch.Reserve(text.Length);
        var (status, used, written) = (OperationStatus.InvalidData, 0, 0);
        if (encoding == XdrEncoding.Hex)
        {
            status = Convert.FromHexString(text, room, out used, out written);
        }
        else
        {
            status = Base64.DecodeFromUtf8(text, room, out used, out written);
        }

        if (status != OperationStatus.Done)
        {
            return $"The event is not {(encoding == XdrEncoding.Hex ? "hexadecimal text with an even number of digits" : "base64")}, at byte {used}.";
        }

        (offset, length) = (batch.Commit(written), written);
        return null;
    }
}
