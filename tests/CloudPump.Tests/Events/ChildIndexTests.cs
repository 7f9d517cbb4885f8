using CloudPump.Events;

namespace CloudPump.Tests.Events;

public sealed class ChildIndexTests
{
    [Fact]
    public void No_two_of_a_family_are_alike()
    {
        var seen = new HashSet<long>();
        long[] generation = [0, 1, 2, 130, 20_000];
        foreach (var own in generation)
        {
            Assert.True(seen.Add(own));
        }

        int[] numbers = [0, 1, 2, 127, 128, 129, 300, 16_383, 16_384];
        for (var depth = 0; depth < 2; depth++)
        {
            generation = [.. generation.SelectMany(parent => numbers.Select(number => Child(parent, number)).OfType<long>())];
            Assert.All(generation, index => Assert.True(seen.Add(index)));
        }

        Assert.True(generation.Length > 200);
    }

    [Fact]
    public void Children_of_one_parent_are_in_order()
    {
        foreach (var parent in new[] { 0L, 5, Child(0, 3)!.Value })
        {
            var indexes = Enumerable.Range(0, 40_000).Select(n => Child(parent, n)!.Value).ToList();
            Assert.Equal(indexes.Order(), indexes);
            Assert.All(indexes, i => Assert.True(i > parent));
        }
    }

    [Fact]
    public void What_does_not_fit_is_told()
    {
        Assert.NotNull(Child(0, (1 << 21) - 1));
        var index = 0L;
        for (var depth = 0; depth < 5; depth++)
        {
            index = Child(index, 3)!.Value;
        }

        Assert.Null(Child(index, 3));
        Assert.Null(Child(Child(0, 2_000_000)!.Value, 20_000));
    }

    private static long? Child(long parent, int number) => ChildIndex.TryOf(parent, number, out var index) ? index : null;
}
