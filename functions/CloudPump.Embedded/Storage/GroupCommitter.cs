using System.Threading.Channels;
using CloudPump.Analyzers;
using CloudPump.Hosting;
using Microsoft.Data.Sqlite;

namespace CloudPump.Embedded.Storage;

/// <summary>
/// Writes the commits of all pipelines one after another, as many in one transaction as wait at the same time: a flush to disk costs more than everything else.
/// </summary>
internal sealed class GroupCommitter : IAsyncDisposable
{
    private const int MostInOne = 64;
    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostInOne) { SingleReader = true });
    private readonly StoreDatabase _database;
    private readonly CommitWriter _writer;
    private readonly Task _loop;

    public GroupCommitter(StoreDatabase database, CommitWriter writer)
    {
        _database = database;
        _writer = writer;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Writes a commit durably; returns what the analyzers' shards could not treat as it was meant.</summary>
    /// <exception cref="StoreException">The store cannot be written; nothing of the commit has happened.</exception>
    public async Task<ShardCounts> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(commit);
        await _queue.Writer.WriteAsync(waiting, cancellationToken);

        // Not cancelled from here on: what is being written must be known to have been written.
        return await waiting.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        var group = new List<Waiting>(MostInOne);
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MostInOne && _queue.Reader.TryRead(out var waiting))
            {
                group.Add(waiting);
            }

            Write(group);
        }
    }

    private void Write(List<Waiting> group)
    {
        lock (_database.WriteLock)
        {
            try
            {
                Transact(group);
            }
            catch (Exception e)
            {
                Rollback();
                var error = e is SqliteException ? new StoreException($"The store '{_database.Path}' cannot be written: {e.Message}", e) : e;
                group.ForEach(w => w.Done.SetException(error));
                return;
            }

            _writer.Publish(group.Select(w => w.Commit));
        }

        group.ForEach(w => w.Done.SetResult(w.Counts));
    }

    private void Transact(List<Waiting> group)
    {
        group.ForEach(w => _writer.Prepare(w.Commit));
        StoreDatabase.Execute(_database.Writer, "BEGIN IMMEDIATE");
        foreach (var waiting in group)
        {
            waiting.Counts = _writer.Write(waiting.Commit);
        }

        StoreDatabase.Execute(_database.Writer, "COMMIT");
    }

    private void Rollback()
    {
        _writer.Forget();
        try
        {
            StoreDatabase.Execute(_database.Writer, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // A full disk or a failed statement may have ended the transaction already.
        }
    }

    private sealed class Waiting(Commit commit)
    {
        public Commit Commit => commit;

        public ShardCounts Counts { get; set; }

        public TaskCompletionSource<ShardCounts> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
