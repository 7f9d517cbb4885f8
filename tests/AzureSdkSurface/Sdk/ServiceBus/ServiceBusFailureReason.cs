namespace Azure.Messaging.ServiceBus;

public enum ServiceBusFailureReason
{
    GeneralError = 0,
    MessageLockLost = 2,
    ServiceBusy = 7,
}
