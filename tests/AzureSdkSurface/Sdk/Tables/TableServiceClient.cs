using Azure.Core;

namespace Azure.Data.Tables;

public class TableServiceClient
{
    protected TableServiceClient()
    {
    }

    public TableServiceClient(string connectionString) => throw new NotSupportedException(connectionString);

    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null) => throw new NotSupportedException($"{endpoint}{tokenCredential}{options}");

    public virtual TableClient GetTableClient(string tableName) => throw new NotSupportedException(tableName);
}
