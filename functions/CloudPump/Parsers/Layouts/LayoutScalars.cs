using System.Net;
using System.Text.Unicode;
using CloudPump.Events;

namespace CloudPump.Parsers.Layouts;

/// <summary>Reads the value of a field from its bytes. A mistake is told as what follows the field's name in the reason.</summary>
internal static class LayoutScalars
{
    /// <summary>Reads one value; returns what is wrong, or null.</summary>
    /// <param name="item">The field; no group and nothing to be read over.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="scratch">Room for what is made of them.</param>
    /// <param name="value">The value.</param>
    public static string? Read(LayoutItem item, ReadOnlySpan<byte> bytes, ByteBuffer scratch, ref LayoutValue value)
    {
        scratch.Clear();
        switch (item.Type)
        {
            case LayoutType.Uint or LayoutType.Int or LayoutType.Bits:
                return Number(item, bytes, scratch, ref value);
            case LayoutType.Bcd or LayoutType.Tbcd:
                return LayoutDigits.Read(bytes, item.Type == LayoutType.Tbcd, scratch, ref value);
            case LayoutType.Plmn:
                return LayoutDigits.Plmn(bytes, scratch, ref value);
            case LayoutType.Ascii or LayoutType.Utf8:
                return Text(bytes, item.Type == LayoutType.Ascii, ref value);
            case LayoutType.Timestamp:
                return LayoutTime.Read(item, bytes, ref value);
            case LayoutType.Bytes:
                value.SetText(FieldKind.Bytes, bytes, 0);
                return null;
            case LayoutType.Hex:
                Hex(bytes, scratch);
                value.SetText(FieldKind.PlainString, scratch.Written);
                return null;
            default:
                return Address(item.Type, bytes, scratch, ref value);
        }
    }

    /// <summary>The number that bytes make.</summary>
    public static ulong Unsigned(ReadOnlySpan<byte> bytes, bool isLittle)
    {
        ulong value = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            value = (value << 8) | bytes[isLittle ? bytes.Length - 1 - i : i];
        }

        return value;
    }

    /// <summary>Writes bytes as hexadecimal text, lower case.</summary>
    public static void Hex(ReadOnlySpan<byte> bytes, ByteBuffer output)
    {
        Convert.TryToHexStringLower(bytes, output.GetSpan(bytes.Length * 2), out var written);
        output.Advance(written);
    }

    private static string? Number(LayoutItem item, ReadOnlySpan<byte> bytes, ByteBuffer scratch, ref LayoutValue value)
    {
        if (bytes.Length is < 1 or > 8)
        {
            return $"is a number of {bytes.Length} bytes; it takes 1 to 8";
        }

        var unsigned = Unsigned(bytes, item.IsLittle);
        var shift = 64 - (8 * bytes.Length);
        var number = item.Type == LayoutType.Int ? (long)(unsigned << shift) >> shift : (long)unsigned;
        value.SetNumber(FieldKind.Int64, number);
        if (item.Type == LayoutType.Bits)
        {
            LayoutJson.WriteBits(item.Bits, unsigned, scratch);
            value.SetText(FieldKind.Object, scratch.Written);
        }
        else if (number < 0 && item.Type == LayoutType.Uint)
        {
            return "is a number of more than 63 bits";
        }

        return null;
    }

    private static string? Text(ReadOnlySpan<byte> bytes, bool isAscii, ref LayoutValue value)
    {
        var text = bytes.TrimEnd("\0 "u8);
        if (isAscii ? text.IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0 : !Utf8.IsValid(text))
        {
            return isAscii ? "holds other characters than printable ASCII" : "is not valid UTF-8";
        }

        value.SetText(JsonText.IsPlain(text) ? FieldKind.PlainString : FieldKind.String, text, 0);
        return null;
    }

    private static string? Address(LayoutType type, ReadOnlySpan<byte> bytes, ByteBuffer scratch, ref LayoutValue value)
    {
        if (bytes.Length != (type == LayoutType.Ipv4 ? 4 : 16))
        {
            return $"has {bytes.Length} bytes, which is no address of its type";
        }

        if (type == LayoutType.Ipv4)
        {
            for (var i = 0; i < 4; i++)
            {
                EventJsonWriter.WriteInt64(scratch, bytes[i]);
                if (i < 3)
                {
                    scratch.WriteByte((byte)'.');
                }
            }
        }
        else
        {
            new IPAddress(bytes).TryFormat(scratch.GetSpan(64), out var written);
            scratch.Advance(written);
        }

        value.SetText(FieldKind.PlainString, scratch.Written);
        return null;
    }
}
