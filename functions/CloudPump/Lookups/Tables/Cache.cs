using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CloudPump.Lookups.Tables;

/// <summary>Asks the processor for memory before it is needed.</summary>
internal static class Cache
{
    /// <summary>Begins to bring what stands there into the cache; where the processor cannot be asked, nothing happens.</summary>
    public static unsafe void Prefetch<T>(ref readonly T place)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            // A hint, which may be about any address: the array may even move meanwhile.
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
        }
    }
}
