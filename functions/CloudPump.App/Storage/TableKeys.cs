using System.Globalization;
using CloudPump.Hosting.Invocations;

namespace CloudPump.App.Storage;

/// <summary>The keys of the app's table rows.</summary>
internal static class TableKeys
{
    // A key has at most 512 characters.
    private const int LongestPart = 300;

    /// <summary>The row key of a progress row.</summary>
    public const string Progress = "progress";

    /// <summary>One table partition for a source partition of a pipeline: its row and its outbox move in one transaction.</summary>
    public static string Partition(string pipeline, string partition) => $"{StorageKey.Of(pipeline)}:{StorageKey.Short(partition, LongestPart)}";

    /// <summary>Finds the progress rows of a pipeline.</summary>
    public static string ProgressOf(string pipeline) =>
        $"PartitionKey ge '{StorageKey.Of(pipeline)}:' and PartitionKey lt '{StorageKey.Of(pipeline)};' and RowKey eq '{Progress}'";

    /// <summary>The row key of a piece.</summary>
    public static string Piece(string analyzer, int shard, long number) => string.Create(CultureInfo.InvariantCulture, $"piece:{StorageKey.Short(analyzer, LongestPart)}:{shard:D4}:{number:D19}");

    /// <summary>Finds the pieces of a shard between two numbers.</summary>
    public static string Pieces(string partition, string analyzer, int shard, long first, long last) =>
        $"PartitionKey eq '{partition}' and RowKey ge '{Piece(analyzer, shard, first)}' and RowKey le '{Piece(analyzer, shard, last)}'";
}
