namespace CloudPump.Lookups.Mmdb;

/// <summary>The data types of the format; the numbers are those in the file.</summary>
internal enum MmdbType : byte
{
    Extended = 0,
    Pointer = 1,
    Utf8String = 2,
    Double = 3,
    Bytes = 4,
    UInt16 = 5,
    UInt32 = 6,
    Map = 7,
    Int32 = 8,
    UInt64 = 9,
    UInt128 = 10,
    Array = 11,
    Boolean = 14,
    Float = 15,
}
