using System.Globalization;

namespace CloudPump.Tests.Expressions;

public sealed class GeoTests
{
    private const double Radius = 6_371_008.8;

    [Theory]
    [InlineData("geo_cell(50.08, 14.42, 5km)", "\"50.09243,14.40421\"")]
    [InlineData("geo_cell(50.08, 14.42, '5km')", "\"50.09243,14.40421\"")]
    [InlineData("geo_cell(50.08, 14.42, 5000)", "\"50.09243,14.40421\"")]
    [InlineData("geo_cell(50.08, 14.42, 5e0km)", "\"50.09243,14.40421\"")]
    [InlineData("geo_cell(90, 180, 5km) == geo_cell(90u, -180.0, 5000m)", "true")]
    [InlineData("geo_cell(-90, 0, 500m)", "\"-89.99775,0.00000\"")]
    [InlineData("geo_cell(0, 0, 1e12)", "\"0.00000,0.00000\"")]
    [InlineData("[5km, 500m, 1.5km]", """["5km","500m","1.5km"]""")]
    public void A_cell_is_named_by_its_centre(string expression, string json) => Assert.Equal(json, new Row().Evaluate(expression).ToString());

    [Theory]
    [InlineData("geo_cell(90.1, 0, 5km)", "a latitude lies between -90 and 90")]
    [InlineData("geo_cell(0, -180.5, 5km)", "a longitude between -180 and 180")]
    [InlineData("geo_cell(0.0 / 0.0, 0, 5km)", "a latitude lies between")]
    [InlineData("geo_cell(0, 0, 1.9)", "at least two metres")]
    [InlineData("geo_cell(0, 0, 0.0 / 0.0)", "at least two metres")]
    [InlineData("geo_cell(0, 0, '5 miles')", "at least two metres")]
    [InlineData("geo_cell('0', 0, 5km)", "does not take (string, int, string)")]
    [InlineData("geo_cell(0, 0, true)", "does not take (int, int, bool)")]
    public void What_is_no_place_is_an_error(string expression, string reason) =>
        Assert.Contains(reason, new Row().EvaluateUnchecked(expression).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData(2)]
    [InlineData(500)]
    [InlineData(5_000)]
    [InlineData(100_000)]
    public void Cells_are_about_equally_large_and_hold_their_places(double size)
    {
        var random = new Random(1);
        for (var i = 0; i < 400; i++)
        {
            var latitude = Math.Asin((2 * random.NextDouble()) - 1) * 180 / Math.PI;
            var longitude = (random.NextDouble() * 360) - 180;
            var cell = Cell(latitude, longitude, size);
            var centre = cell.Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(cell, Cell(centre[0], centre[1], size));
            Assert.InRange(Distance(latitude, longitude, centre[0], centre[1]), 0, (size * 0.75) + 0.8);

            var neighbour = Cell(centre[0], centre[1] + (centre[1] > 0 ? -1 : 1) * size / Radius / Math.Cos(centre[0] * Math.PI / 180) * 180 / Math.PI, size);
            Assert.NotEqual(cell, neighbour);
            Assert.Equal(centre[0], double.Parse(neighbour.Split(',')[0], CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Zero_has_no_sign()
    {
        // Odd numbers of rows and columns: centres are zero but for rounding.
        for (var parts = 3; parts < 400; parts += 2)
        {
            Assert.DoesNotContain("-0.00000", Cell(0, 0, Math.PI * Radius / parts), StringComparison.Ordinal);
            Assert.DoesNotContain("-0.00000", Cell(-1e-6 * parts / 400, -1e-6, 2 + (parts / 100.0)), StringComparison.Ordinal);
            Assert.DoesNotContain("-0.00000", Cell(0, 0, 2 * Math.PI * Radius / parts), StringComparison.Ordinal);
        }
    }

    private static string Cell(double latitude, double longitude, double size) =>
        new Row().Evaluate(FormattableString.Invariant($"geo_cell({latitude:r}, {longitude:r}, {size})")).ToString().Trim('"');

    private static double Distance(double lat1, double lon1, double lat2, double lon2)
    {
        var (a, b, d) = (lat1 * Math.PI / 180, lat2 * Math.PI / 180, (lon2 - lon1) * Math.PI / 180);
        var h = Math.Pow(Math.Sin((b - a) / 2), 2) + (Math.Cos(a) * Math.Cos(b) * Math.Pow(Math.Sin(d / 2), 2));
        return 2 * Radius * Math.Asin(Math.Sqrt(h));
    }
}
