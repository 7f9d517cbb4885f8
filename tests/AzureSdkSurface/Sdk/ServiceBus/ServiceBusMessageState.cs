namespace Azure.Messaging.ServiceBus;

public enum ServiceBusMessageState
{
    Active = 0,
}
