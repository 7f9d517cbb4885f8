namespace CloudPump.Expressions;

/// <summary>Why an evaluation failed. Made once per node and reason, so that failing costs no memory. It never holds values of an event.</summary>
internal sealed class EvaluationError(string reason, bool isMissing = false)
{
    public static readonly EvaluationError Overflow = new("the result is out of range");
    public static readonly EvaluationError DivideByZero = new("division by zero");
    public static readonly EvaluationError NotBool = new("the value is neither true nor false");
    public static readonly EvaluationError IndexOutOfRange = new("the index is out of range");
    public static readonly EvaluationError NoSuchKey = new("no such key", isMissing: true);
    public static readonly EvaluationError TooDeep = new("the value is nested too deeply to be compared");
    public static readonly EvaluationError TooMuchWork = new("the expression takes more than 1,000,000 steps");
    public static readonly EvaluationError TooMuchText = new("the expression makes more than 16 MB of text");
    public static readonly EvaluationError NoEvent = new("there is no event");

    public string Reason { get; } = reason;

    public bool IsMissing { get; } = isMissing;
}
