using System.Globalization;
using System.Text;
using CloudPump.Events;

namespace CloudPump.Hosting.Invocations;

/// <summary>Names as keys of tables, entities and blobs: letters, digits, dot, dash and underscore stay, other bytes become ~xx.</summary>
public static class StorageKey
{
    /// <summary>A name as a key of bounded length: a long one ends in a hash.</summary>
    /// <param name="name">The name.</param>
    /// <param name="most">How many characters it may have; more than 20.</param>
    public static string Short(string name, int most)
    {
        var key = Of(name);
        return key.Length <= most ? key : string.Create(CultureInfo.InvariantCulture, $"{key[..(most - 17)]}-{StableHash.Of(Encoding.UTF8.GetBytes(key)):x16}");
    }

    /// <summary>A name as a key; different names have different keys.</summary>
    public static string Of(string name)
    {
        var key = new StringBuilder(name.Length + 8);
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)'_')
            {
                key.Append((char)b);
            }
            else
            {
                key.Append(CultureInfo.InvariantCulture, $"~{b:x2}");
            }
        }

        return key.ToString();
    }
}
