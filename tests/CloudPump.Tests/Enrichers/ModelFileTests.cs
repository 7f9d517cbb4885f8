using System.Text;

namespace CloudPump.Tests.Enrichers;

public sealed class ModelFileTests
{
    private const string Forest = """{"kind":"forest","features":[{"name":"a"},{"name":"b"}],"classes":["n","y"],"trees":[{"feature":[0,-1,-1],"threshold":[2,0,0],"left":[1,-1,-1],"right":[2,-1,-1],"value":[0,[1,0],[0,1]]}]}""";

    private const string Logistic = """{"kind":"logistic","features":[{"name":"a"}],"classes":["n","y"],"weights":[[1]],"intercept":[0]}""";

    [Theory]
    [InlineData("forest", "forrest", "kind: there is no kind 'forrest'; there are tree, forest, boosting, linear, logistic. Did you mean 'forest'?")]
    [InlineData("\"kind\"", "\"knid\"", "knid: there is no such property. Did you mean 'kind'?")]
    [InlineData("\"kind\":\"forest\",", "", "kind: it is missing.")]
    [InlineData("{\"name\":\"b\"}", "{\"value\":\"b\"}", "features[1].name: it is missing.")]
    [InlineData("{\"name\":\"b\"}", "{\"name\":\"a\"}", "features[1].name: there are two features 'a'.")]
    [InlineData("{\"name\":\"b\"}", "7", "features[1]: an object is needed.")]
    [InlineData("{\"name\":\"b\"}", "{\"name\":\"b\",\"value\":\"siz(a)\"}", "features[1].value: at character 1 of 'siz(a)': There is no function 'siz'. Did you mean 'size'?")]
    [InlineData("{\"name\":\"b\"}", "{\"name\":\"b\",\"scale\":0}", "features[1].scale: nothing can be divided by 0.")]
    [InlineData("{\"name\":\"b\"}", "{\"name\":\"b\",\"equals\":[]}", "features[1].equals: a text, a number, true or false is needed.")]
    [InlineData("[{\"name\":\"a\"},{\"name\":\"b\"}]", "[]", "features: 1 to 10000 features are needed, not 0.")]
    [InlineData("[\"n\",\"y\"]", "[\"n\"]", "classes: 2 to 1000 classes are needed, not 1.")]
    [InlineData("[\"n\",\"y\"]", "[\"n\",{}]", "classes[1]: a text, a number, true or false is needed.")]
    [InlineData("\"classes\"", "\"positive\":\"z\",\"classes\"", "positive: it is one of two 'classes'.")]
    [InlineData("\"classes\"", "\"link\":\"logit\",\"classes\"", "link: a model of the kind forest with 2 classes has the link 'identity'.")]
    [InlineData("[1,-1,-1]", "[1,-1]", "trees[0].left: 3 items are needed, not 2.")]
    [InlineData("[1,-1,-1]", "[9,-1,-1]", "trees[0].left[0]: there is no node 9; the tree has 3, counted from 0.")]
    [InlineData("[1,-1,-1]", "[-1,-1,-1]", "trees[0].left[0]: there is no node -1; the tree has 3, counted from 0.")]
    [InlineData("[1,-1,-1]", "[0,-1,-1]", "trees[0].left[0]: node 0 is reached twice; a tree has one way to every node, and no circles.")]
    [InlineData("[1,-1,-1]", "[2,-1,-1]", "trees[0].right[0]: node 2 is reached twice; a tree has one way to every node, and no circles.")]
    [InlineData("[1,-1,-1]", "[1.5,-1,-1]", "trees[0].left[0]: a whole number is needed.")]
    [InlineData("[0,-1,-1]", "[2,-1,-1]", "trees[0].feature[0]: there is no feature 2; there are 2, counted from 0, and -1 marks a leaf.")]
    [InlineData("[2,0,0]", "[\"2\",0,0]", "trees[0].threshold[0]: a number is needed.")]
    [InlineData("[2,0,0]", "[1e999,0,0]", "trees[0].threshold[0]: a number is needed.")]
    [InlineData("[0,1]]", "[0]]", "trees[0].value[2]: 2 items are needed, not 1.")]
    [InlineData("[0,1]]", "1]", "trees[0].value[2]: a list of 2 numbers is needed.")]
    [InlineData("forest", "tree", null)]
    [InlineData("}", "", "The model file is no JSON: ")]
    public void A_mistake_has_its_place(string from, string to, string? message)
    {
        var at = Forest.IndexOf(from, StringComparison.Ordinal);
        var mistake = ScoreRig.Mistake(Forest[..at] + to + Forest[(at + from.Length)..]);
        Assert.True(message is null ? mistake is null : mistake?.StartsWith(message, StringComparison.Ordinal), mistake);
    }

    [Theory]
    [InlineData("\"classes\":[\"n\",\"y\"],", "", "classes: it is missing; a logistic model has classes.")]
    [InlineData("logistic", "linear", "classes: a linear model has no classes; one with classes is of the kind logistic.")]
    [InlineData("[[1]]", "[[1],[2]]", "weights: 1 list(s) of weights are needed, not 2.")]
    [InlineData("[[1]]", "[[1,2]]", "weights[0]: 1 items are needed, not 2.")]
    [InlineData("[[1]]", "{}", "weights: a list is needed.")]
    [InlineData("[0]", "[0,0]", "intercept: 1 items are needed, not 2.")]
    public void So_has_one_of_weights(string from, string to, string message) =>
        Assert.Equal(message, ScoreRig.Mistake(Logistic.Replace(from, to, StringComparison.Ordinal)));

    [Fact]
    public void A_very_deep_tree_needs_no_stack()
    {
        const int Depth = 200_000;
        var list = (Func<int, object> item) => string.Join(',', Enumerable.Range(0, (2 * Depth) + 1).Select(item));
        var tree = $$"""{"feature":[{{list(n => n % 2 == 0 && n < 2 * Depth ? 0 : -1)}}],"threshold":[{{list(_ => 0)}}],"left":[{{list(n => n + 1)}}],"right":[{{list(n => n + 2)}}],"value":[{{list(n => n)}}]}""";
        var model = $$"""{"kind":"tree","features":[{"name":"a"}],"trees":[{{tree}}]}""";
        Assert.Equal($$"""{"a":1,"score":{{2.0 * Depth:f1}}}""", ScoreRig.Run(model, """{"a":1}""").Single);
    }

    [Fact]
    public void Hostile_files_are_refused()
    {
        Assert.StartsWith("The model file is no JSON", ScoreRig.Mistake(new string('[', 1_000_000)), StringComparison.Ordinal);
        Assert.StartsWith("A model file takes at most 64 MB.", ScoreRig.Mistake(new string(' ', 65 << 20)), StringComparison.Ordinal);
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(i % 2 == 0 ? Forest : Logistic);
            bytes[random.Next(bytes.Length)] = (byte)random.Next(32, 127);
            bytes[random.Next(bytes.Length)] = (byte)"[]{}0,-9\""[random.Next(9)];
            _ = ScoreRig.Mistake(Encoding.UTF8.GetString(bytes));
        }
    }
}
