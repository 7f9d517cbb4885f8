namespace CloudPump.Parsers.Layouts;

/// <summary>The types of fields in a binary layout.</summary>
public enum LayoutType
{
    /// <summary>A number of 1 to 8 bytes without sign.</summary>
    Uint,

    /// <summary>A number of 1 to 8 bytes in two's complement.</summary>
    Int,

    /// <summary>Named bits of a number.</summary>
    Bits,

    /// <summary>Two digits a byte, the first in the upper half; F ends them.</summary>
    Bcd,

    /// <summary>Two digits a byte, the first in the lower half; F ends them (3GPP TS 29.002, TBCD-STRING).</summary>
    Tbcd,

    /// <summary>Printable ASCII, padded at its end.</summary>
    Ascii,

    /// <summary>UTF-8, padded at its end.</summary>
    Utf8,

    /// <summary>Bytes as hexadecimal text.</summary>
    Hex,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>An address of four bytes.</summary>
    Ipv4,

    /// <summary>An address of sixteen bytes.</summary>
    Ipv6,

    /// <summary>A time; `unit` says how it is written.</summary>
    Timestamp,

    /// <summary>A network's MCC and MNC in three bytes (3GPP TS 24.008, 10.5.1.13).</summary>
    Plmn,

    /// <summary>An object of fields; with `count` or `until_end` a list of them.</summary>
    Group,

    /// <summary>Bytes that are read over.</summary>
    Skip,
}
