namespace CloudPump.Events;

/// <summary>
/// Numbers the events that generators make of an event, so that their ids are the same on every delivery and no two are alike, however deep generators follow one
/// another and wherever a replay begins. An index below 2^21 is the event's own number at its position. A child's index has, from the 22nd bit on, the number of its
/// oldest ancestor plus one, and after that for each generation the child's number in groups of seven bits, each with a bit that tells whether a group comes before it.
/// </summary>
public static class ChildIndex
{
    private const int OwnBits = 21;
    private const int PathBits = 63 - OwnBits;
    private const int GroupBits = 7;
    private const long GroupMask = (1 << GroupBits) - 1;

    /// <summary>The index of a child; false when it does not fit: some four million children, or five generations of a few.</summary>
    /// <param name="parent">The parent's index.</param>
    /// <param name="number">The child's number among its parent's, from 0.</param>
    /// <param name="index">The child's index.</param>
    public static bool TryOf(long parent, int number, out long index)
    {
        var path = parent >> OwnBits;
        path = path == 0 ? parent + 1 : path;
        var groups = number == 0 ? 1 : (31 - int.LeadingZeroCount(number) + GroupBits) / GroupBits;
        var fits = 64 - (int)long.LeadingZeroCount(path) + (groups * (GroupBits + 1)) <= PathBits;
        index = 0;
        for (var group = groups - 1; group >= 0 && fits; group--)
        {
            var more = group < groups - 1 ? GroupMask + 1 : 0;
            path = (path << (GroupBits + 1)) | more | ((number >> (group * GroupBits)) & GroupMask);
        }

        index = path << OwnBits;
        return fits;
    }
}
