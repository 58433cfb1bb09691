using System.Globalization;
using System.Text;

namespace Warehouse.Cubes.Expressions;

/// <summary>Cuts a text into tokens. Nothing is skipped but white space: a character that means nothing is an error.</summary>
internal static class Lexer
{
    private static readonly string[] Symbols = ["<>", "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", ",", ".", "@", ":"];

    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new Token(TokenKind.End, "", at));
                return tokens;
            }

            var token = Next(text, at, out at);
            tokens.Add(token);
        }
    }

    private static Token Next(string text, int start, out int end)
    {
        var first = text[start];
        if (first is '\'' or '"')
        {
            return Quoted(text, start, first == '"' ? TokenKind.QuotedName : TokenKind.Text, out end);
        }

        if (char.IsAsciiDigit(first))
        {
            return Number(text, start, out end);
        }

        if (char.IsLetter(first) || first == '_')
        {
            end = start + 1;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            return new Token(TokenKind.Word, text[start..end], start);
        }

        foreach (var symbol in Symbols)
        {
            if (text.AsSpan(start).StartsWith(symbol, StringComparison.Ordinal))
            {
                end = start + symbol.Length;
                return new Token(TokenKind.Symbol, symbol is "!=" ? "<>" : symbol, start);
            }
        }

        throw new ExpressionSyntaxException(start, $"\"{first}\" means nothing here.");
    }

    /// <summary>A name in double quotes or a text in single ones, with the quotes within it doubled.</summary>
    private static Token Quoted(string text, int start, TokenKind kind, out int end)
    {
        var quote = text[start];
        var value = new StringBuilder();
        for (end = start + 1; end < text.Length; end++)
        {
            if (text[end] != quote)
            {
                value.Append(text[end]);
            }
            else if (end + 1 < text.Length && text[end + 1] == quote)
            {
                value.Append(quote);
                end++;
            }
            else
            {
                end++;
                return new Token(kind, value.ToString(), start);
            }
        }

        throw new ExpressionSyntaxException(start, $"The quote {quote} is not closed.");
    }

    private static Token Number(string text, int start, out int end)
    {
        if (Period(text, start, out end))
        {
            return new Token(TokenKind.Period, text[start..end], start);
        }

        end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            end++;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }
        }

        var number = text[start..end];
        return decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? new Token(TokenKind.Number, number, start)
            : throw new ExpressionSyntaxException(start, $"The number {number} is too long.");
    }

    /// <summary>Digits that look like a period are one: 2011-03 is March, 2011 - 3 (with spaces) is 2008.</summary>
    private static bool Period(string text, int start, out int end)
    {
        end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '-'))
        {
            end++;
        }

        var word = text.AsSpan(start, end - start);
        if (word.Length < 7 || word[4] != '-' || word[..4].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        return Expressions.Period.TryParse(word, out _)
            ? true
            : throw new ExpressionSyntaxException(start, $"\"{word}\" is no day, week, month or quarter. They are written 2011-03-05, 2011-W09, 2011-03, 2011-Q1.");
    }
}
