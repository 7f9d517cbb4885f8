using System.Text;
using System.Text.Json;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Fuzzing;

/// <summary>
/// Gives a processor many inputs that are nearly right. Whatever they are, it must not throw, must not take long, and every event must come out as valid JSON or go to the
/// dead letters with a reason and its original bytes.
/// </summary>
internal static class ProcessorFuzz
{
    private const string Variable = "CLOUDPUMP_FUZZ";
    private const int Usual = 20_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>How many inputs a test takes: 20,000, or as many as the environment variable CLOUDPUMP_FUZZ says.</summary>
    public static int Inputs => int.TryParse(Environment.GetEnvironmentVariable(Variable), out var inputs) ? inputs : Usual;

    /// <summary>Runs the inputs. The examples themselves come first, so that they are known to be taken or refused as they should.</summary>
    /// <param name="definition">The parser or generator.</param>
    /// <param name="examples">Inputs of the format, right ones and those that once found a bug.</param>
    /// <param name="tokens">Parts that mean something in the format.</param>
    /// <param name="seed">Other seeds give other inputs.</param>
    public static void Run(ProcessorDefinition definition, IReadOnlyList<byte[]> examples, IReadOnlyList<byte[]> tokens, int seed)
    {
        var bench = new Bench();
        var processor = definition.Build(bench.Context);
        var mutator = new InputMutator(seed, examples, tokens);
        for (var i = 0; i < examples.Count + Inputs; i++)
        {
            // Strange names must not fill the table for those that follow.
            if (bench.Context.Fields.Count > FieldTable.MaxNames / 2)
            {
                bench = new Bench();
                processor = definition.Build(bench.Context);
            }

            var input = i < examples.Count ? examples[i] : mutator.Next();
            try
            {
                Check(bench, processor, input);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Input {i} of seed {seed} ({Convert.ToBase64String(input)}): {e.Message}", e);
            }
        }
    }

    /// <summary>The same with texts.</summary>
    public static void Run(ProcessorDefinition definition, IEnumerable<string> examples, IEnumerable<string> tokens, int seed) =>
        Run(definition, [.. examples.Select(Encoding.UTF8.GetBytes)], [.. tokens.Select(Encoding.UTF8.GetBytes)], seed);

    private static void Check(Bench bench, IProcessor processor, byte[] input)
    {
        Quick.Within(Longest, () =>
        {
            bench.Batch.Clear();
            bench.Batch.AddOrigin(Bench.Origin);
            bench.AddBytes(input);
            bench.Run(processor);
        });
        foreach (var json in bench.Events)
        {
            JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1_000 }).Dispose();
        }

        foreach (var failure in bench.Batch.Failures)
        {
            Assert.NotEmpty(failure.Reason);
            if (failure.Row == 0)
            {
                Assert.Equal(input, bench.Batch.Raw(0));
            }
        }
    }
}
