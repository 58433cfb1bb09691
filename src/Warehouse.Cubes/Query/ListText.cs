using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Query;

/// <summary>Takes lists of expressions apart, by the tokens of the language: a comma in quotes or brackets separates nothing.</summary>
internal static class ListText
{
    /// <summary>The texts between commas, without blanks around them; none for an empty text.</summary>
    /// <exception cref="ExpressionSyntaxException">The text cannot be cut into tokens, or an item is empty.</exception>
    public static List<string> Items(string text)
    {
        var items = new List<string>();
        var depth = 0;
        var start = 0;
        foreach (var token in Lexer.Read(text))
        {
            depth += token.Is("(") ? 1 : token.Is(")") ? -1 : 0;
            if (token.Kind == TokenKind.End ? items.Count > 0 || text.AsSpan().Trim().Length > 0 : depth == 0 && token.Is(","))
            {
                items.Add(NotEmpty(text[start..token.Position].Trim(), token.Position));
                start = token.Position + 1;
            }
        }

        return items;
    }

    /// <summary>Splits « value word name » at the word, where the text ends like that.</summary>
    public static (string Value, string? Name) Ending(string text, string word)
    {
        var tokens = Lexer.Read(text);
        return tokens.Count >= 4 && tokens[^3].IsWord(word) && tokens[^2].Kind is TokenKind.Word or TokenKind.QuotedName
            ? (text[..tokens[^3].Position].Trim(), tokens[^2].Text)
            : (text, null);
    }

    /// <summary>Whether the text ends with a word after something else, and what that is.</summary>
    public static bool EndsWithWord(string text, string word, out string rest)
    {
        var tokens = Lexer.Read(text);
        var isThere = tokens.Count >= 3 && tokens[^2].IsWord(word);
        rest = isThere ? text[..tokens[^2].Position].Trim() : text;
        return isThere;
    }

    private static string NotEmpty(string item, int position) =>
        item.Length > 0 ? item : throw new ExpressionSyntaxException(position, "Nothing stands before this.");
}
