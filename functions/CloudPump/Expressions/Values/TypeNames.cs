namespace CloudPump.Expressions;

/// <summary>The names of CEL's types.</summary>
internal static class TypeNames
{
    public static string Of(ValueKind kind) => kind switch
    {
        ValueKind.Null => "null_type",
        ValueKind.Bool => "bool",
        ValueKind.Int => "int",
        ValueKind.UInt => "uint",
        ValueKind.Double => "double",
        ValueKind.String => "string",
        ValueKind.Bytes => "bytes",
        ValueKind.Timestamp => "google.protobuf.Timestamp",
        ValueKind.Duration => "google.protobuf.Duration",
        ValueKind.List => "list",
        ValueKind.Map => "map",
        ValueKind.Type => "type",
        _ => "error",
    };

    /// <summary>The type that a name stands for where no field has that name.</summary>
    public static bool TryGet(string name, out ValueKind kind)
    {
        for (kind = ValueKind.Null; kind < ValueKind.Error; kind++)
        {
            if (string.Equals(name, Of(kind), StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
