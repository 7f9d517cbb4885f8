using System.Reflection;
using CloudPump.App.Hosting;
using CloudPump.Tests.App.Surface;

namespace CloudPump.Tests.App;

/// <summary>What is declared by hand, so that the app compiles on feeds without its packages, is what those packages have.</summary>
public class SurfaceTests
{
    private static readonly string[] Namespaces = ["Azure.Data.Tables", "Azure.Messaging.", "Microsoft.Azure.Functions.Worker", "Microsoft.DurableTask"];

    [Fact]
    public void The_surface_declares_nothing_that_the_facts_do_not_have()
    {
        var listing = Facts().Add(SdkExtras.Listing.Split('\n'));

        var wrong = Declared().SelectMany(t => listing.Has(t) ? listing.Missing(t).Select(m => $"{t.FullName}: {m}") : [$"{t.FullName}: is not listed"]).ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void What_the_facts_have_needs_no_leave_of_ours()
    {
        var extras = new SdkListing().Add(SdkExtras.Listing.Split('\n'));

        Assert.Empty(extras.Types.Intersect(Facts().Types));
    }

    [Theory]
    [InlineData("int Sum(int b, string text)")]
    [InlineData("int Sum(int a, string? text)")]
    [InlineData("static int Sum(int a, string text)")]
    [InlineData("int? Sum(int a, string text)")]
    [InlineData("int Sum(int a)")]
    public void A_member_that_is_listed_otherwise_is_found(string line)
    {
        var listing = new SdkListing().Add([$"## {typeof(Sample).FullName} [test] : Object", "  Sample()", "  " + line]);

        Assert.Equal(line == "int Sum(int a, string? text)" ? 0 : 1, listing.Missing(typeof(Sample)).Count());
    }

    private static IEnumerable<Type> Declared() =>
        typeof(AppSettings).Assembly.GetExportedTypes().Where(t => Namespaces.Any(n => t.Namespace?.StartsWith(n, StringComparison.Ordinal) == true));

    private static SdkListing Facts() => Directory.GetFiles(TestData.RequireBeside("azure/signatures"), "*.txt")
        .Aggregate(new SdkListing(), (listing, file) => listing.Add(File.ReadLines(file)));

    private sealed class Sample
    {
        public int Sum(int a, string text) => a + text.Length;
    }
}
