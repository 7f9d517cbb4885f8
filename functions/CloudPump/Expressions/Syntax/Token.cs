namespace CloudPump.Expressions;

/// <summary>A token: its place, its name if it is an identifier, its value if it is a literal.</summary>
internal readonly record struct Token(TokenKind Kind, int Offset, string Text, Value Value = default);
