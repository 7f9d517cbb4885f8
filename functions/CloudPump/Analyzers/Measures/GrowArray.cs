namespace CloudPump.Analyzers.Measures;

/// <summary>Grows the arrays of columns.</summary>
internal static class GrowArray
{
    public static void For<T>(ref T[] array, int index)
    {
        if (index >= array.Length)
        {
            Array.Resize(ref array, Math.Max(array.Length * 2, index + 1));
        }
    }
}
