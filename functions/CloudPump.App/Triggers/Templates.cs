namespace CloudPump.App.Triggers;

/// <summary>The template functions: each is replaced by one function per input of a pipeline when the app starts.</summary>
internal static class Templates
{
    /// <summary>A partition of an event hub.</summary>
    public const string Stream = "template-stream";

    /// <summary>A subscription.</summary>
    public const string Topic = "template-topic";

    /// <summary>A schedule.</summary>
    public const string Schedule = "template-schedule";

    /// <summary>Events posted over HTTP.</summary>
    public const string Http = "template-http";

    /// <summary>Stands in a template where a pipeline's own name is put.</summary>
    public const string Placeholder = "template";
}
