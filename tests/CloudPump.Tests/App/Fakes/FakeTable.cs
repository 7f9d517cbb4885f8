using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace CloudPump.Tests.App.Fakes;

/// <summary>A table in memory: versions, conditional writes, transactions of one partition, and the service's limits.</summary>
internal sealed class FakeTable(FakeTables service, string name) : TableClient
{
    private const int MostActions = 100;
    private const int MostBytes = 4 << 20;
    private readonly SortedDictionary<(string Partition, string Row), TableEntity> _rows = new(Comparer<(string, string)>.Create(Compare));
    private readonly Lock _lock = new();
    private long _version;

    /// <summary>How often something was read: rows looked up, and queries.</summary>
    public int Reads { get; private set; }

    /// <summary>How many transactions were written.</summary>
    public int Transactions { get; private set; }

    public override string Name => name;

    public IReadOnlyList<TableEntity> Rows
    {
        get
        {
            lock (_lock)
            {
                return [.. _rows.Values];
            }
        }
    }

    public override Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(Response.FromValue<TableItem>(null!, new FakeResponse()));

    public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        service.Reading(name);
        lock (_lock)
        {
            Reads++;
            var found = _rows.TryGetValue((partitionKey, rowKey), out var row) ? (T)(object)Copy(row) : null;
            return Task.FromResult<NullableResponse<T>>(new FakeFound<T>(found));
        }
    }

    public override AsyncPageable<T> QueryAsync<T>(string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        service.Reading(name);
        lock (_lock)
        {
            Reads++;
            var matches = TableFilter.Parse(filter ?? "");
            var found = _rows.Values.Where(r => matches(r.PartitionKey, r.RowKey)).Select(r => (T)(object)Copy(r, select)).ToList();
            return AsyncPageable<T>.FromPages([Page<T>.FromValues(found, null, new FakeResponse())]);
        }
    }

    public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
        Task.FromResult(Write([new TableTransactionAction(TableTransactionActionType.Add, entity)])[0]);

    public override Task<Response> UpsertEntityAsync<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        Task.FromResult(Write([new TableTransactionAction(mode == TableUpdateMode.Merge ? TableTransactionActionType.UpsertMerge : TableTransactionActionType.UpsertReplace, entity)])[0]);

    public override Task<Response> UpdateEntityAsync<T>(T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        Task.FromResult(Write([new TableTransactionAction(mode == TableUpdateMode.Merge ? TableTransactionActionType.UpdateMerge : TableTransactionActionType.UpdateReplace, entity, ifMatch)])[0]);

    public override Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        try
        {
            return Task.FromResult(Write([new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partitionKey, rowKey), ifMatch)])[0]);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // The client takes it for deleted.
            return Task.FromResult<Response>(new FakeResponse());
        }
    }

    public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        var actions = transactionActions.ToList();
        Assert.InRange(actions.Count, 1, MostActions);
        Assert.Single(actions.Select(a => a.Entity.PartitionKey).Distinct());
        Assert.Equal(actions.Count, actions.Select(a => a.Entity.RowKey).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(actions.Sum(a => SentSizeOf((TableEntity)a.Entity)), 0, MostBytes);
        lock (_lock)
        {
            Transactions++;
        }

        return Task.FromResult(Response.FromValue<IReadOnlyList<Response>>(Write(actions), new FakeResponse()));
    }

    private static int Compare((string Partition, string Row) a, (string Partition, string Row) b) =>
        string.CompareOrdinal(a.Partition, b.Partition) is var partition and not 0 ? partition : string.CompareOrdinal(a.Row, b.Row);

    private List<Response> Write(IReadOnlyList<TableTransactionAction> actions)
    {
        service.Writing(name);
        List<Response> answers;
        lock (_lock)
        {
            foreach (var action in actions)
            {
                Check(action);
            }

            answers = [.. actions.Select(Apply)];
        }

        service.Wrote(name);
        return answers;
    }

    private void Check(TableTransactionAction action)
    {
        var entity = (TableEntity)action.Entity;
        Assert.DoesNotContain(entity.PartitionKey + entity.RowKey, c => c is '/' or '\\' or '#' or '?' || char.IsControl(c));
        Assert.InRange(SizeOf(entity), 0, 1 << 20);
        Assert.All(entity.Keys, k => Assert.False(entity[k] is byte[] { Length: > 64 << 10 } or string { Length: > 32 << 10 }, $"{k} is too long"));
        var exists = _rows.TryGetValue((entity.PartitionKey, entity.RowKey), out var row);
        switch (action.ActionType)
        {
            case TableTransactionActionType.Add when exists:
                throw new RequestFailedException(409, "The specified entity already exists.");
            case TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace or TableTransactionActionType.Delete when !exists:
                throw new RequestFailedException(404, "The specified resource does not exist.");
            case TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace or TableTransactionActionType.Delete
                when action.ETag != ETag.All && action.ETag != default && action.ETag != row!.ETag:
                throw new RequestFailedException(412, "The update condition specified in the request was not satisfied.");
        }
    }

    private Response Apply(TableTransactionAction action)
    {
        var entity = (TableEntity)action.Entity;
        var key = (entity.PartitionKey, entity.RowKey);
        if (action.ActionType == TableTransactionActionType.Delete)
        {
            _rows.Remove(key);
            return new FakeResponse();
        }

        var merges = action.ActionType is TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge;
        var row = merges && _rows.TryGetValue(key, out var before) ? before : new TableEntity(entity.PartitionKey, entity.RowKey);
        foreach (var property in entity.Keys.Where(k => k is not ("odata.etag" or "PartitionKey" or "RowKey")))
        {
            row[property] = entity[property];
        }

        row.ETag = new ETag(string.Create(CultureInfo.InvariantCulture, $"W/\"{++_version}\""));
        _rows[key] = row;
        return new FakeResponse(row.ETag.ToString());
    }

    private static TableEntity Copy(TableEntity row, IEnumerable<string>? select = null)
    {
        var copy = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var property in row.Keys.Where(k => k is not ("odata.etag" or "PartitionKey" or "RowKey") && (select?.Contains(k, StringComparer.Ordinal) ?? true)))
        {
            copy[property] = row[property];
        }

        copy.ETag = row.ETag;
        return copy;
    }

    // Bytes travel as Base64, and every action has headers of its own.
    private static int SentSizeOf(TableEntity row) => 1_000 + row.Keys.Sum(k => k.Length + 6 + (row[k] switch { byte[] bytes => (bytes.Length + 2) / 3 * 4, string text => text.Length, _ => 40 }));

    private static int SizeOf(TableEntity row) => row.Keys.Sum(k => k.Length + (row[k] switch { byte[] bytes => bytes.Length, string text => text.Length * 2, _ => 8 }));
}
