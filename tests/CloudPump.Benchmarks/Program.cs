using BenchmarkDotNet.Running;
using CloudPump.Benchmarks;

return args switch
{
    ["naive", var input, var output] => Verbs.Naive(input, output),
    ["generate-weblogs", var count, var path] => Verbs.GenerateWeblogs(count, path),
    _ => Verbs.Benchmarks(() => BenchmarkSwitcher.FromAssembly(typeof(Verbs).Assembly).Run(args)),
};
