namespace Azure.Messaging.EventHubs.Producer;

public class CreateBatchOptions : SendEventOptions;
