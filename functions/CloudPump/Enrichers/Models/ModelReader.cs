using System.Text;
using System.Text.Json;
using CloudPump.Pipelines;

namespace CloudPump.Enrichers.Models;

/// <summary>Reads the JSON of a model; docs/models.md describes it.</summary>
internal static class ModelReader
{
    private static readonly string[] Kinds = ["tree", "forest", "boosting", "linear", "logistic"];

    public static Model Read(Stream file)
    {
        try
        {
            using var json = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = ModelLimits.Depth });
            return Read(new JsonAt(json.RootElement, ""));
        }
        catch (JsonException e)
        {
            throw new ModelException("", $"The model file is no JSON: {e.Message}");
        }
    }

    private static Model Read(in JsonAt root)
    {
        root.TakesOnly("kind", "features", "classes", "positive", "trees", "base", "rate", "link", "weights", "intercept", "float32", "note");
        var kind = root.Get("kind").Text();
        if (!Kinds.Contains(kind))
        {
            throw root.Get("kind").Wrong($"there is no kind '{kind}'; there are {string.Join(", ", Kinds)}.{Nearest.Hint(kind, Kinds)}");
        }

        var features = Features(root.Get("features"));
        var classes = Classes(root);
        var link = LinkOf(root, kind, classes.Length);
        var outputs = Math.Max(1, link == Link.Logit ? 1 : classes.Length);
        IScorer scorer = kind switch
        {
            "linear" or "logistic" => Linear(root, features.Length, outputs),
            "boosting" => Boosting(root, features.Length, outputs),
            _ => Forest(root, kind, features.Length, outputs),
        };
        return new Model(features, scorer, link, classes, Positive(root, classes));
    }

    private static ModelFeature[] Features(JsonAt features)
    {
        if (features.Length is 0 or > ModelLimits.Features)
        {
            throw features.Wrong($"1 to {ModelLimits.Features} features are needed, not {features.Length}.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var read = new ModelFeature[features.Length];
        foreach (var (i, feature) in features.Items().Index())
        {
            read[i] = ModelFeature.Read(feature);
            if (!names.Add(read[i].Name))
            {
                throw feature.Get("name").Wrong($"there are two features '{read[i].Name}'.");
            }
        }

        return read;
    }

    private static byte[][] Classes(in JsonAt root)
    {
        if (root.Find("classes") is not { } classes)
        {
            return [];
        }

        if (classes.Length is < 2 or > ModelLimits.Classes)
        {
            throw classes.Wrong($"2 to {ModelLimits.Classes} classes are needed, not {classes.Length}.");
        }

        return [.. classes.Items().Select(c => c.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object or JsonValueKind.Null
            ? throw c.Wrong("a text, a number, true or false is needed.")
            : Encoding.UTF8.GetBytes(c.Value.GetRawText()))];
    }

    private static int Positive(in JsonAt root, byte[][] classes)
    {
        if (root.Find("positive") is not { } positive)
        {
            return 1;
        }

        var index = Array.FindIndex(classes, c => c.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(positive.Value.GetRawText())));
        return classes.Length == 2 && index >= 0 ? index : throw positive.Wrong("it is one of two 'classes'.");
    }

    // Trees and forests hold probabilities; the others give scores.
    private static Link LinkOf(in JsonAt root, string kind, int classes)
    {
        var usual = kind is "tree" or "forest" || classes == 0 ? Link.Identity : classes == 2 ? Link.Logit : Link.Softmax;
        var named = root.Find("link")?.Text();
        if (named is not null && named != OptionDescriptor.SnakeCase(usual.ToString()))
        {
            throw root.Get("link").Wrong($"a model of the kind {kind} with {classes} classes has the link '{OptionDescriptor.SnakeCase(usual.ToString())}'.");
        }

        return kind switch
        {
            "logistic" when classes == 0 => throw new ModelException("classes", "it is missing; a logistic model has classes."),
            "linear" when classes > 0 => throw root.Get("classes").Wrong("a linear model has no classes; one with classes is of the kind logistic."),
            _ => usual,
        };
    }

    private static LinearScorer Linear(in JsonAt root, int features, int outputs)
    {
        var weights = root.Get("weights");
        if (weights.Length != outputs)
        {
            throw weights.Wrong($"{outputs} list(s) of weights are needed, not {weights.Length}.");
        }

        var all = new double[outputs * features];
        foreach (var (i, row) in weights.Items().Index())
        {
            row.Numbers(features).CopyTo(all, i * features);
        }

        return new LinearScorer(all, root.Get("intercept").Numbers(outputs));
    }

    private static TreeScorer Forest(in JsonAt root, string kind, int features, int outputs)
    {
        var nodes = new TreeReader(features, outputs, outputs).Read(root.Get("trees"));
        return kind == "tree" && nodes.Roots.Length != 1
            ? throw root.Get("trees").Wrong("a model of the kind tree has one; several are a forest.")
            : new TreeScorer(nodes, new double[outputs], 1.0 / nodes.Roots.Length, root.Find("float32")?.Flag() ?? false);
    }

    private static TreeScorer Boosting(in JsonAt root, int features, int outputs) => new(
        new TreeReader(features, 1, outputs).Read(root.Get("trees")),
        root.Find("base")?.Numbers(outputs) ?? new double[outputs],
        root.Find("rate")?.Number() ?? 1,
        root.Find("float32")?.Flag() ?? false);
}
