namespace Warehouse.Cubes.Expressions;

internal enum TokenKind
{
    End,
    Word,
    QuotedName,
    Text,
    Number,
    Period,
    Symbol,
}

/// <summary>One word of an expression.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && string.Equals(Text, symbol, StringComparison.Ordinal);

    public bool IsWord(string word) => Kind == TokenKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);

    /// <summary>How an error names it.</summary>
    public string Describe() => Kind == TokenKind.End ? "the end" : $"\"{Text}\"";
}
