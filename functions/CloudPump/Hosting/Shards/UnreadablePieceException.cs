namespace CloudPump.Hosting.Shards;

/// <summary>A piece is damaged, or of another version.</summary>
internal sealed class UnreadablePieceException(AnalyzerPiece piece, Exception inner)
    : Exception($"Piece {piece.Number} of '{piece.Partition}' for shard {piece.Shard} of '{piece.Analyzer}' cannot be read: {inner.Message}", inner)
{
    public AnalyzerPiece Piece => piece;
}
