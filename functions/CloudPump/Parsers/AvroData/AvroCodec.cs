namespace CloudPump.Parsers.AvroData;

/// <summary>How the blocks of a container file are compressed.</summary>
internal enum AvroCodec
{
    Null,
    Deflate,
    Snappy,
}
