namespace Microsoft.Azure.Functions.Worker;

public sealed class ExponentialBackoffRetryAttribute : RetryAttribute
{
    public ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval) =>
        (MaxRetryCount, MinimumInterval, MaximumInterval) = (maxRetryCount, minimumInterval, maximumInterval);

    public string MinimumInterval { get; }

    public string MaximumInterval { get; }
}
