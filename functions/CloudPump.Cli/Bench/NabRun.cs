using System.Text.Json;
using CloudPump.Analyzers.Detectors;

namespace CloudPump.Cli.Bench;

/// <summary>A detector run over a corpus and scored in every profile.</summary>
internal sealed record NabRun(NabCorpus Corpus, DetectorKind Kind, NabScore Standard, NabScore LowFalsePositives, NabScore LowFalseNegatives, TimeSpan Elapsed)
{
    /// <summary>Runs a detector over every file, each with a detector of its own that sees one value after the other and nothing else.</summary>
    public static NabRun Of(NabCorpus corpus, DetectorKind kind, TimeProvider time)
    {
        var start = time.GetTimestamp();
        var scores = corpus.Files.Select(file => Detect(file, kind)).ToList();
        var elapsed = time.GetElapsedTime(start);
        var scorer = new NabScorer(corpus);
        return new NabRun(corpus, kind, Score(NabProfile.Standard), Score(NabProfile.LowFalsePositives), Score(NabProfile.LowFalseNegatives), elapsed);

        NabScore Score(string profile) => scorer.Score(corpus.Profiles.Single(p => p.Name == profile), scores);
    }

    /// <summary>Writes `{"standard":..,"low_fp":..,"low_fn":..,"files":{..}}`.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("standard", Rounded(Standard.Normalised));
        json.WriteNumber("low_fp", Rounded(LowFalsePositives.Normalised));
        json.WriteNumber("low_fn", Rounded(LowFalseNegatives.Normalised));
        json.WriteStartObject("files");
        for (var i = 0; i < Corpus.Files.Count; i++)
        {
            json.WriteStartObject(Corpus.Files[i].Name);
            json.WriteNumber("standard", Rounded(Standard.Files[i]));
            json.WriteNumber("low_fp", Rounded(LowFalsePositives.Files[i]));
            json.WriteNumber("low_fn", Rounded(LowFalseNegatives.Files[i]));
            json.WriteNumber("windows", Corpus.Files[i].Windows.Count);
            json.WriteNumber("rows", Corpus.Files[i].Times.Length);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static decimal Rounded(double score) => decimal.Round(new decimal(score), 4);

    // What the threshold is laid through is the probability: the greatest anomalies all have 1, but no threshold is needed between them.
    private static double[] Detect(NabFile file, DetectorKind kind)
    {
        var detector = Detector.Create(new DetectorOptions { Kind = kind });
        var scores = new double[file.Times.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = detector.Observe(file.Times[i], file.Values[i]).Probability;
        }

        return scores;
    }
}
