using System.Globalization;
using CloudPump.Events;

namespace CloudPump.Hosting.Invocations;

/// <summary>The names of source partitions, the same as on one machine.</summary>
internal static class PartitionNames
{
    /// <summary>How the names of partitions of replayed dead letters begin.</summary>
    public const string ReplayPrefix = "replay:";

    /// <summary>A partition of a stream.</summary>
    public static string OfStream(string stream, int partition) => string.Create(CultureInfo.InvariantCulture, $"stream/{stream}/{partition}");

    /// <summary>A subscription of a topic.</summary>
    public static string OfTopic(string topic, string subscription) => $"topic/{topic}/{subscription}";

    /// <summary>The way of the events that enter by a partition. Another input under the same name begins with its positions again, so it is another way.</summary>
    public static Hop WayOf(SourcePartition source, string identity, bool ordered) => new(identity.Length == 0 ? source.Name : $"{source.Name}@{identity}", ordered);

    /// <summary>The replayed dead letters of a pipeline.</summary>
    public static string OfReplay(string pipeline) => ReplayPrefix + pipeline;

    /// <summary>Whether a partition never holds an analyzer's time back: replays come late by nature, and signals have no event time.</summary>
    public static bool HasNoTime(string partition) =>
        partition.StartsWith(ReplayPrefix, StringComparison.Ordinal)
        || (partition.StartsWith("stream/", StringComparison.Ordinal) && PipelineStreams.IsSignals(partition["stream/".Length..]));
}
