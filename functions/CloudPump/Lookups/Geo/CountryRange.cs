using System.Runtime.InteropServices;

namespace CloudPump.Lookups.Geo;

/// <summary>A range of addresses of one country.</summary>
/// <param name="First">The first address, as a number.</param>
/// <param name="Last">The last address, as a number.</param>
/// <param name="CountryCode">The country's ISO 3166-1 code of two letters.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CountryRange(UInt128 First, UInt128 Last, string CountryCode);
