using BenchmarkDotNet.Running;
using CloudPump.Benchmarks;

return args switch
{
    ["naive", var input, var output] => Verbs.Naive(input, output),
    ["compare", var input] => Comparison.Run(input, rounds: 3),
    ["compare", var input, var rounds] => Comparison.Run(input, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture)),
    ["analyzers"] => AnalyzerSpeed.Run(7, ""),
    ["analyzers", var filter] => AnalyzerSpeed.Run(7, filter),
    ["generate-weblogs", var count, var path] => Verbs.GenerateWeblogs(count, path),
    _ => Verbs.Benchmarks(() => BenchmarkSwitcher.FromAssembly(typeof(Verbs).Assembly).Run(args)),
};
