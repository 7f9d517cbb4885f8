using System.Runtime.InteropServices;

namespace CloudPump.Lookups.Mmdb;

/// <summary>The header of one value in a data section.</summary>
/// <param name="Type">The value's type.</param>
/// <param name="Size">Bytes of a scalar, entries of a map or array, the value itself of a boolean.</param>
/// <param name="Payload">Where the scalar's bytes or the first entry lie; the target of a pointer.</param>
/// <param name="Next">Where the next value lies, unless this is a map or array (their end is found by walking them).</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MmdbValue(MmdbType Type, int Size, int Payload, int Next);
