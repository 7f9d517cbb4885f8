using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

/// <summary>
/// Design 10 under random schedules, with the real step and shard: stale workers, batches cut anywhere, an outbox that moves with the progress row,
/// signals dropped, repeated and reordered, crashes between any two steps, sweeps at any time. The results of every shard are those of a sequential run, byte for byte and in order.
/// </summary>
public sealed class AnalyzerProtocolTests
{
    private const int Partitions = 2;
    private const int EventCount = 60;

    // CLOUDPUMP_SCHEDULES asks for more of them.
    private static readonly int Schedules =
        int.TryParse(Environment.GetEnvironmentVariable("CLOUDPUMP_SCHEDULES"), out var count) ? count : 10_000 / AllAnalyzers.Count;

    public static TheoryData<string> Analyzers { get; } = [.. AllAnalyzers.Names];

    [Theory]
    [MemberData(nameof(Analyzers))]
    public void Every_event_counts_once_under_any_schedule(string analyzer)
    {
        var batch = WindowRig.NewBatch();
        var results = 0;
        for (var seed = 0; seed < Schedules; seed++)
        {
            results += new Schedule(seed, AllAnalyzers.Make(analyzer, seed), batch).Run();
        }

        Assert.True(results > Schedules, $"Only {results} results in {Schedules} schedules: too little to see a fault.");
    }

    private sealed class Schedule(int seed, AnalyzerDefinition definition, EventBatch batch)
    {
        private readonly int _shards = definition.Shards;
        private readonly Random _random = new(seed);
        private readonly Row[] _rows = [.. Enumerable.Range(0, Partitions).Select(_ => new Row(0, -1, AnalyzerStep.NoTime, new long[definition.Shards]))];
        private readonly Dictionary<(int Partition, int Shard, long Number), (long Mark, byte[] Body)> _outbox = [];
        private readonly Entity[] _entities = [.. Enumerable.Range(0, definition.Shards).Select(_ => new Entity(Fresh(definition)))];
        private readonly List<(int Shard, int Partition)> _signals = [];
        private readonly List<Worker>[] _workers = [.. Enumerable.Range(0, Partitions).Select(_ => new List<Worker>())];

        public int Run()
        {
            var sources = Enumerable.Range(0, Partitions).Select(_ => WindowRig.RandomEvents(_random, EventCount, disorder: 6)).ToArray();
            var expected = AllAnalyzers.Sequential(definition, batch, sources);
            for (var turn = 0; turn < 50_000 && _rows.Any(r => r.Offset < EventCount - 1); turn++)
            {
                Turn(sources);
            }

            Sweep(ended: true);
            for (var s = 0; s < _shards; s++)
            {
                var shard = WindowRig.Load(_entities[s].Saved, definition);
                List<string> found = [.. _entities[s].Results, .. WindowRig.Held(shard)];
                Assert.True(expected[s].SequenceEqual(found, StringComparer.Ordinal),
                    $"Schedule {seed}, shard {s}:\n{string.Join('\n', expected[s])}\n--- but\n{string.Join('\n', found)}");
                Assert.Equal(_entities[s].Results.Count, shard.NextResult);
            }

            return expected.Sum(e => e.Count);
        }

        private static byte[] Fresh(AnalyzerDefinition definition)
        {
            var shard = new AnalyzerShard(definition.CreateShard());
            for (var p = 0; p < Partitions; p++)
            {
                shard.AddPartition($"p{p}");
            }

            return WindowRig.Save(shard);
        }

        private void Turn(List<WindowEvent>[] sources)
        {
            var (chance, p) = (_random.NextDouble(), _random.Next(Partitions));
            var workers = _workers[p];
            if (chance < .15 && workers.Count < 3)
            {
                workers.Add(new Worker(_rows[p], definition.BuildStep(WindowRig.ContextOf(batch))));
            }
            else if (chance < .6 && workers.Count > 0)
            {
                Work(p, workers[_random.Next(workers.Count)], sources[p]);
            }
            else if (chance < .65 && workers.Count > 0)
            {
                workers.RemoveAt(_random.Next(workers.Count));
            }
            else if (chance < .9 && _signals.Count > 0)
            {
                var n = _random.Next(_signals.Count);
                var (s, from) = _signals[n];
                _signals.RemoveAt(n);
                Operate(s, shard => ApplyAll(shard, s, from));
            }
            else if (_random.Next(3) == 0)
            {
                Sweep(ended: false);
            }
        }

        private void Work(int p, Worker worker, List<WindowEvent> source)
        {
            if (worker.To < 0)
            {
                // The batch is read and its effects happen: at least once.
                var from = (int)worker.Row.Offset + 1;
                worker.To = Math.Min(EventCount - 1, worker.Row.Offset + _random.Next(1, 9));
                WindowRig.Fill(batch, 0, source.Skip(from).Take((int)worker.To - from + 1), from, origin: p);
                worker.Step.Process(batch);
            }
            else if (_rows[p].Version != worker.Row.Version || worker.Row.Offset == EventCount - 1)
            {
                _workers[p].Remove(worker);
            }
            else
            {
                Commit(p, worker);
            }
        }

        // One conditional transaction: the progress row and the pieces.
        private void Commit(int p, Worker worker)
        {
            var numbers = (long[])worker.Row.Numbers.Clone();
            var mark = worker.Step.Top(0) - definition.Lateness.Ticks;
            for (var s = 0; s < _shards; s++)
            {
                var piece = new ByteBuffer();
                if (worker.Step.TakePiece(0, s, piece))
                {
                    _outbox[(p, s, ++numbers[s])] = (mark, piece.Written.ToArray());
                    _signals.AddRange(Enumerable.Repeat((s, p), new[] { 0, 1, 1, 2 }[_random.Next(4)]));
                }
            }

            _rows[p] = worker.Row = new Row(worker.Row.Version + 1, worker.To, worker.Step.Top(0), numbers);
            worker.To = -1;
        }

        private void Sweep(bool ended)
        {
            for (var s = 0; s < _shards; s++)
            {
                for (var p = 0; p < Partitions; p++)
                {
                    var (shardNumber, row, from) = (s, _rows[p], p);
                    Operate(s, shard =>
                    {
                        ApplyAll(shard, shardNumber, from);
                        if (row.Top != AnalyzerStep.NoTime && shard.NextPiece($"p{from}") > row.Numbers[shardNumber])
                        {
                            shard.Move($"p{from}", row.Top - definition.Lateness.Ticks);
                        }

                        if (ended)
                        {
                            shard.Silence($"p{from}");
                        }
                    }, mayCrash: !ended);
                }
            }
        }

        private void ApplyAll(AnalyzerShard shard, int s, int p)
        {
            while (_outbox.TryGetValue((p, s, shard.NextPiece($"p{p}")), out var piece))
            {
                Assert.Equal(0, shard.Apply($"p{p}", shard.NextPiece($"p{p}"), piece.Mark, piece.Body));
            }
        }

        // An operation of the entity: all of it or, after a crash, nothing.
        private void Operate(int s, Action<AnalyzerShard> operation, bool mayCrash = true)
        {
            var shard = WindowRig.Load(_entities[s].Saved, definition);
            operation(shard);
            var results = WindowRig.Close(shard);
            if (!mayCrash || _random.Next(10) > 0)
            {
                _entities[s].Saved = WindowRig.Save(shard);
                _entities[s].Results.AddRange(results);
            }
        }

        private sealed record Row(int Version, long Offset, long Top, long[] Numbers);

        private sealed class Entity(byte[] saved)
        {
            public byte[] Saved { get; set; } = saved;

            public List<string> Results { get; } = [];
        }

        private sealed class Worker
        {
            public Worker(Row row, AnalyzerStep step)
            {
                (Row, Step) = (row, step);
                step.AddPartition(row.Top);
            }

            public Row Row { get; set; }

            public AnalyzerStep Step { get; }

            public long To { get; set; } = -1;
        }
    }
}
