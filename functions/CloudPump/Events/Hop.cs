namespace CloudPump.Events;

/// <summary>
/// The way that events have come so far, over a transport that may deliver them again: where they entered, and who has sent them on. Events of one way have
/// positions, and a repeat has the position of the first.
/// </summary>
/// <param name="Path">The source partition where they entered, and the senders since then.</param>
/// <param name="Ordered">They come in the order of their positions; a topic keeps none.</param>
public readonly record struct Hop(string Path, bool Ordered);
