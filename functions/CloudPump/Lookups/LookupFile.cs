using CloudPump.Events;
using CloudPump.Lookups.Tables;

namespace CloudPump.Lookups;

/// <summary>The last state of lookups on disk, from which an instance starts when the source or the publisher is away: `lookups/NAME.lookup` in the data folder.</summary>
internal sealed class LookupFile(string folder)
{
    /// <summary>Reads a lookup; null when there is none, or none that can be read.</summary>
    public LookupTable? Read(string name)
    {
        try
        {
            var path = PathOf(name);
            return File.Exists(path) ? LookupChanges.Apply(null, File.ReadAllBytes(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // It is a copy: without it, the source is waited for.
            return null;
        }
    }

    /// <summary>Writes a lookup beside the old file, which it replaces as a whole.</summary>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written.</exception>
    public void Write(string name, LookupTable table)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write))
        {
            var output = new ByteBuffer(1 << 20) { Spill = file.Write };
            LookupChanges.Write(table, 0, 0, output);
            output.SpillAll();
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    private string PathOf(string name) => Path.Combine(folder, "lookups", Uri.EscapeDataString(name) + ".lookup");
}
