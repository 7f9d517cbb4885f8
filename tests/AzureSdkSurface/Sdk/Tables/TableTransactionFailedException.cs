namespace Azure.Data.Tables;

public class TableTransactionFailedException(RequestFailedException requestFailedException)
    : RequestFailedException(requestFailedException.Status, requestFailedException.Message, requestFailedException.ErrorCode, requestFailedException);
