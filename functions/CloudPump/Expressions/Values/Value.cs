using System.Runtime.CompilerServices;
using System.Text;
using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>
/// What an expression yields: 24 bytes that hold a number, or point to text in the event's batch or in a constant.
/// Text that the evaluation made stays valid until the same expression is evaluated again.
/// </summary>
public readonly partial struct Value
{
    // Text: what owns the bytes (byte[], EventBatch or ByteBuffer). List and map: the same for JSON text, else ListValue or MapObject.
    private readonly object? _reference;
    private readonly long _number;
    private readonly int _extra;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Value(ValueKind kind, long number, int extra = 0, object? reference = null)
    {
        _reference = reference;
        _number = number;
        _extra = extra;
        Kind = kind;
    }

    /// <summary>The type.</summary>
    public ValueKind Kind { get; }

    /// <summary>Whether the evaluation failed.</summary>
    public bool IsError => Kind == ValueKind.Error;

    /// <summary>Whether it failed because a field or key is not there.</summary>
    public bool IsMissing => _reference is EvaluationError { IsMissing: true };

    /// <summary>Why it failed; empty when it did not.</summary>
    public string Reason => _reference is EvaluationError error ? error.Reason : "";

    /// <summary>The value of kind Bool.</summary>
    public bool AsBool => _number != 0;

    /// <summary>The value of kind Int.</summary>
    public long AsInt => _number;

    /// <summary>The value of kind UInt.</summary>
    public ulong AsUInt => (ulong)_number;

    /// <summary>The value of kind Double.</summary>
    public double AsDouble => BitConverter.Int64BitsToDouble(_number);

    /// <summary>The value of kind Timestamp: UTC ticks of 100 ns.</summary>
    public long Ticks => _number;

    /// <summary>The value of kind Timestamp: the 0 to 99 ns beyond the ticks.</summary>
    public int Nanos => _extra;

    /// <summary>The value of kind Duration, in nanoseconds.</summary>
    public long DurationNanos => _number;

    /// <summary>The value of kind String (UTF-8) or Bytes; the JSON text of a list or map that stands in the event.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _reference is EventBatch batch ? batch.Bytes((int)_number, _extra) : OwnBytes();
    }

    internal object? Reference => _reference;

    internal int TextOffset => (int)_number;

    internal int TextLength => _extra;

    /// <summary>Whether this is a list or map given as JSON text.</summary>
    internal bool IsJson => Kind is ValueKind.List or ValueKind.Map && _reference is EventBatch or byte[] or ByteBuffer;

    /// <summary>The value as JSON text; the reason when it is an error.</summary>
    public override string ToString()
    {
        if (IsError)
        {
            return Reason;
        }

        var buffer = new ByteBuffer(64);
        ValueJson.Write(buffer, this);
        return Encoding.UTF8.GetString(buffer.Written);
    }

    private ReadOnlySpan<byte> OwnBytes() => _reference switch
    {
        byte[] bytes => bytes.AsSpan((int)_number, _extra),
        ByteBuffer buffer => buffer.Written.Slice((int)_number, _extra),
        _ => default,
    };
}
