namespace CloudPump.App.Messaging;

/// <summary>An event from outside is larger than what the transport takes in one message.</summary>
public sealed class EventTooLargeException(int length) : Exception($"An event of {length} bytes is larger than what one message takes.");
