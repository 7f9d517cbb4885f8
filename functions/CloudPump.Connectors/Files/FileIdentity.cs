using System.Globalization;
using System.Runtime.InteropServices;
using CloudPump.Events;
using Microsoft.Win32.SafeHandles;

namespace CloudPump.Connectors.Files;

/// <summary>
/// Says which file lies under a path: its number in the file system (where that can be had) and a hash of its first bytes. A file that grew is still the same;
/// another one that took its place (rotation, a copy) is not.
/// </summary>
internal sealed partial class FileIdentity
{
    private const int HeadLength = 4096;

    private FileIdentity(ulong node, int headLength, ulong headHash)
    {
        Node = node;
        HeadHash = headHash;
        Text = string.Create(CultureInfo.InvariantCulture, $"{node}:{headLength}:{headHash:x16}");
    }

    /// <summary>The file's number; 0 where the system gives none.</summary>
    public ulong Node { get; }

    /// <summary>The hash of the first bytes.</summary>
    public ulong HeadHash { get; }

    /// <summary>The identity as it is kept with the position.</summary>
    public string Text { get; }

    /// <summary>The identity of an open file.</summary>
    public static FileIdentity Of(SafeFileHandle handle) => Of(handle, HeadLength);

    /// <summary>Whether an open file is the one whose identity was kept; <paramref name="same"/> is then that identity.</summary>
    public static bool Matches(string kept, SafeFileHandle handle, out FileIdentity? same)
    {
        same = null;
        var parts = kept.Split(':');
        if (parts.Length != 3 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var headLength))
        {
            return false;
        }

        var now = Of(handle, headLength);
        same = now.Text == kept ? now : null;
        return same is not null;
    }

    private static FileIdentity Of(SafeFileHandle handle, int headLength)
    {
        Span<byte> head = new byte[Math.Min(headLength, HeadLength)];
        var length = RandomAccess.Read(handle, head, 0);
        return new FileIdentity(NodeOf(handle), length, StableHash.Of(head[..length]));
    }

    private static ulong NodeOf(SafeFileHandle handle)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        // struct statx has one layout on all architectures (include/uapi/linux/stat.h): stx_ino is at byte 32.
        Span<byte> buffer = stackalloc byte[256];
        try
        {
            return Statx((int)handle.DangerousGetHandle(), "", 0x1000, 0x100, ref MemoryMarshal.GetReference(buffer)) == 0
                ? BitConverter.ToUInt64(buffer[32..])
                : 0;
        }
        catch (EntryPointNotFoundException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte buffer);
}
