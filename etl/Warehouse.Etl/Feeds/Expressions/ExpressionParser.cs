using System.Globalization;
using Warehouse.Definitions;

namespace Warehouse.Etl.Feeds.Expressions;

/// <summary>
/// Reads an expression: columns (order_id, [Order ID]), 'texts', numbers, functions, and the operators
/// or, and, not, = &lt;&gt; &lt; &lt;= &gt; &gt;=, || + -, * /, in the order of how loosely they bind.
/// </summary>
internal sealed class ExpressionParser
{
    private static readonly string[] Signs = ["<>", "<=", ">=", "||", "=", "<", ">", "+", "-", "*", "/", "(", ")", ","];
    private const int Deepest = 64;

    private readonly string _text;
    private int _at;
    private int _depth;

    private ExpressionParser(string text) => _text = text;

    /// <summary>Reads a whole text; null, with a fault at its place, where it is no expression.</summary>
    public static Expression? Read(DefinitionText text)
    {
        var parser = new ExpressionParser(text.Text);
        try
        {
            var expression = parser.Level(0);
            parser.Require(parser._at == parser._text.Length, "Expected an operator or the end");
            return expression;
        }
        catch (FormatException wrong)
        {
            text.Fault(wrong.Message);
            return null;
        }
    }

    private Expression Level(int level)
    {
        if (level == Operators.Levels.Count)
        {
            return Unary();
        }

        var left = Level(level + 1);
        while (Operators.Levels[level].FirstOrDefault(known => Take(known.Key)).Value is { } function)
        {
            left = new Call(function, [left, Level(level + 1)]);
        }

        return left;
    }

    private Expression Unary()
    {
        Require(++_depth <= Deepest, "The expression is nested too deeply");
        var expression = Take("not") ? new Call(Operators.Not, [Level(2)])
            : Take("-") ? new Call(Operators.Minus, [Unary()])
            : Primary();
        _depth--;
        return expression;
    }

    private Expression Primary()
    {
        SkipBlanks();
        var start = _at;
        if (Take("("))
        {
            var inner = Level(0);
            Require(Take(")"), "Expected \")\"");
            return inner;
        }

        if (_at < _text.Length && _text[_at] is '\'' or '[')
        {
            var isText = _text[_at] == '\'';
            var content = Enclosed(isText ? '\'' : ']');
            return isText ? new Literal(Operand.Of(content)) : new ColumnText(content);
        }

        if (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.'))
            {
                _at++;
            }

            Require(decimal.TryParse(_text.AsSpan(start, _at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number), "Expected a number", start);
            SkipBlanks();
            return new Literal(Operand.Of(number));
        }

        var name = Word();
        Require(name.Length > 0, "Expected a column, a 'text', a number or a function");
        return name.ToLowerInvariant() switch
        {
            "true" => new Literal(Operand.Of(true)),
            "false" => new Literal(Operand.Of(false)),
            "null" => new Literal(Operand.None),
            _ => Take("(") ? Function(name, start) : new ColumnText(name),
        };
    }

    private Call Function(string name, int start)
    {
        if (!Expressions.Function.All.TryGetValue(name, out var function))
        {
            throw Wrong($"There is no function \"{name}\". {NearNames.Hint(name, Expressions.Function.All.Keys, "functions")}", start);
        }

        var parts = new List<Expression>();
        if (!Take(")"))
        {
            do
            {
                parts.Add(Level(0));
            }
            while (Take(","));
            Require(Take(")"), "Expected \",\" or \")\"");
        }

        Require(parts.Count >= function.Least && parts.Count <= function.Most, $"It is written {function.Usage}", start);
        return new Call(function, parts);
    }

    /// <summary>Takes what stands between signs; the closing one, doubled, stands for itself.</summary>
    private string Enclosed(char end)
    {
        var start = _at++;
        var content = new System.Text.StringBuilder();
        while (true)
        {
            Require(_at < _text.Length, $"It begins and has no {end} at its end", start);
            if (_text[_at] != end)
            {
                content.Append(_text[_at++]);
            }
            else if (_at + 1 < _text.Length && _text[_at + 1] == end)
            {
                content.Append(end);
                _at += 2;
            }
            else
            {
                _at++;
                SkipBlanks();
                return content.ToString();
            }
        }
    }

    private string Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        var word = _text[start.._at];
        SkipBlanks();
        return word;
    }

    /// <summary>Takes a sign or word if it is the next.</summary>
    private bool Take(string sign)
    {
        SkipBlanks();
        var next = _at < _text.Length && char.IsLetter(_text[_at])
            ? new string([.. _text.Skip(_at).TakeWhile(letter => char.IsLetterOrDigit(letter) || letter == '_')])
            : Signs.FirstOrDefault(known => _text.AsSpan(_at).StartsWith(known, StringComparison.Ordinal));
        if (!string.Equals(next, sign, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        _at += sign.Length;
        SkipBlanks();
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private void Require(bool isRight, string expected, int? at = null)
    {
        if (!isRight)
        {
            throw Wrong(expected + ".", at ?? _at);
        }
    }

    private FormatException Wrong(string message, int at) => new(FormattableString.Invariant(
        $"The expression is wrong at its character {at + 1}, {(at < _text.Length ? $"\"{_text[at..Math.Min(at + 20, _text.Length)]}\"" : "its end")}: {message}"));
}
