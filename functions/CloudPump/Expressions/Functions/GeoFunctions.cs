using System.Buffers;
using System.Buffers.Text;
using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>Places on the earth.</summary>
internal static class GeoFunctions
{
    // The earth's mean radius R1 in metres (IUGG).
    private const double Radius = 6_371_008.8;

    // Five decimals of a degree are 1.1 m: the centres of smaller cells would share a name.
    private const double Smallest = 2;
    private static readonly EvaluationError NotPlace = new("a latitude lies between -90 and 90, a longitude between -180 and 180");
    private static readonly EvaluationError NotSize = new("the size of a cell is at least two metres: a number of metres, or a text such as '5km' or '500m'");

    public static IEnumerable<Overload> All => [Overload.Of("geo_cell", false, 3, Cell)];

    // Rows of equal height from pole to pole; in each the whole number of columns that makes them about as wide as high in the row's middle. The cell is
    // named by its centre.
    private static Value Cell(Scope scope, ReadOnlySpan<Value> arguments)
    {
        var (latitude, longitude) = (Number(arguments[0]), Number(arguments[1]));
        if (latitude is null || longitude is null || arguments[2].Kind is not (ValueKind.Int or ValueKind.UInt or ValueKind.Double or ValueKind.String))
        {
            return Overload.None;
        }

        var size = arguments[2].Kind == ValueKind.String ? Distance(arguments[2].Bytes) : Number(arguments[2])!.Value;
        if (!(size >= Smallest && size <= double.MaxValue))
        {
            return Value.OfError(NotSize);
        }

        if (!(Math.Abs(latitude.Value) <= 90 && Math.Abs(longitude.Value) <= 180))
        {
            return Value.OfError(NotPlace);
        }

        var rows = Math.Max(1, Math.Round(Math.PI * Radius / size));
        var middle = Middle(latitude.Value + 90, 180, rows) - 90;
        var columns = Math.Max(1, Math.Round(2 * Math.PI * Radius * Math.Cos(middle * Math.PI / 180) / size));

        // The date line is one line.
        return Text(scope, middle, Middle(longitude.Value == 180 ? 0 : longitude.Value + 180, 360, columns) - 180);
    }

    // The middle of the part in which a place lies, of so many equal parts of a whole; the end belongs to the last.
    private static double Middle(double place, double whole, double parts) => (Math.Min(Math.Floor(place / whole * parts), parts - 1) + 0.5) * whole / parts;

    private static double? Number(in Value value) => value.Kind switch
    {
        ValueKind.Int => value.AsInt,
        ValueKind.UInt => value.AsUInt,
        ValueKind.Double => value.AsDouble,
        _ => null,
    };

    private static double Distance(ReadOnlySpan<byte> text)
    {
        if (!Utf8Parser.TryParse(text, out double number, out var used))
        {
            return double.NaN;
        }

        var unit = text[used..];
        return unit.SequenceEqual("km"u8) ? number * 1000 : unit.SequenceEqual("m"u8) ? number : double.NaN;
    }

    private static Value Text(Scope scope, double latitude, double longitude)
    {
        var room = scope.Reserve(32);
        var length = Degrees(room, latitude);
        room[length++] = (byte)',';
        return scope.Commit(length + Degrees(room[length..], longitude));
    }

    private static int Degrees(Span<byte> room, double degrees)
    {
        Utf8Formatter.TryFormat(degrees, room, out var length, new StandardFormat('F', 5));
        return length;
    }
}
