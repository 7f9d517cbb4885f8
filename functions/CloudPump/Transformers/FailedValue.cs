using CloudPump.Events;

namespace CloudPump.Transformers;

/// <summary>Does with a value that cannot be treated what the pipeline says.</summary>
internal static class FailedValue
{
    public static void Apply(OnError choice, EventBatch batch, int row, FieldPath target, string reason)
    {
        switch (choice)
        {
            case OnError.Dead:
                batch.Fail(row, reason);
                break;
            case OnError.Null:
                var nothing = default(Slot);
                nothing.Set(FieldKind.Null, 0);
                target.Put(batch, row, nothing);
                break;
        }
    }
}
