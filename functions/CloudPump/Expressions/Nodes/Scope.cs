using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>What an evaluation works on: the event, the macros' variables, room for new text, and how much work is left.</summary>
internal sealed class Scope(int variables)
{
    private const int MaxSteps = 1_000_000;
    private const int MaxText = Slot.MaxLength;
    private const int KeptText = 256 * 1024;
    private static readonly byte[] Nothing = [];
    private ByteBuffer? _text;
    private int _steps = MaxSteps;

    public EventBatch Batch { get; private set; } = null!;

    public int Row { get; private set; }

    /// <summary>Whether there is an event; folding constants has none.</summary>
    public bool HasEvent => Batch is not null;

    public Value[] Variables { get; } = new Value[variables];

    /// <summary>The error of the last test that failed.</summary>
    public Value Failure { get; set; }

    /// <summary>Room for the characters of a text that a regex looks at.</summary>
    public char[] Characters { get; set; } = [];

    public void Begin(EventBatch batch, int row)
    {
        Batch = batch;
        Row = row;
        _steps = MaxSteps;
        if (_text is { Length: > 0 })
        {
            Forget();
        }
    }

    public Truth Fail(EvaluationError error)
    {
        Failure = Value.OfError(error);
        return Truth.Failed;
    }

    public Truth Fail(in Value error)
    {
        Failure = error;
        return Truth.Failed;
    }

    /// <summary>Takes from the work that one evaluation may do; false when nothing is left.</summary>
    public bool Spend(int steps = 1)
    {
        _steps = Math.Max(_steps - steps, -1);
        return _steps >= 0;
    }

    /// <summary>Whether this many more bytes of text may be made.</summary>
    public bool HasRoom(long bytes) => (_text?.Length ?? 0) + bytes <= MaxText;

    /// <summary>Room for new text; <see cref="Commit"/> makes a string of its first bytes.</summary>
    public Span<byte> Reserve(int size) => (_text ??= new ByteBuffer(256)).GetSpan(size);

    public Value Commit(int length, ValueKind kind = ValueKind.String)
    {
        if (length == 0)
        {
            return new Value(kind, 0, 0, Nothing);
        }

        if (!HasRoom(length))
        {
            return Value.OfError(EvaluationError.TooMuchText);
        }

        var offset = _text!.Length;
        _text.Advance(length);
        return new Value(kind, offset, length, _text);
    }

    /// <summary>A string of a copy of the bytes.</summary>
    public Value Copy(ReadOnlySpan<byte> bytes, ValueKind kind = ValueKind.String)
    {
        if (!HasRoom(bytes.Length))
        {
            return Value.OfError(EvaluationError.TooMuchText);
        }

        bytes.CopyTo(Reserve(bytes.Length));
        return Commit(bytes.Length, kind);
    }

    private void Forget()
    {
        if (_text!.Length > KeptText)
        {
            _text = null;
            return;
        }

        _text.Clear();
    }
}
