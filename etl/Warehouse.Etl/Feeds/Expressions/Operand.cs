using System.Globalization;

namespace Warehouse.Etl.Feeds.Expressions;

/// <summary>A value within an expression: a text, a number, a yes or no, nothing, or why there is none.</summary>
internal readonly record struct Operand
{
    private const NumberStyles Numbers = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private Operand(object? value, string? fault) => (Value, Fault) = (value, fault);

    /// <summary>Nothing.</summary>
    public static Operand None => default;

    /// <summary>Why there is no value; null where nothing is wrong.</summary>
    public string? Fault { get; }

    public bool IsNone => Value is null && Fault is null;

    public bool IsNumber => Value is decimal;

    private object? Value { get; }

    public static Operand Of(string? text) => new(string.IsNullOrEmpty(text) ? null : text, null);

    public static Operand Of(decimal number) => new(number, null);

    public static Operand Of(bool flag) => new(flag, null);

    public static Operand Wrong(string fault) => new(null, fault);

    /// <summary>The value as a text; null for nothing.</summary>
    public string? ToText() => Value switch
    {
        null => null,
        decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        var text => (string)text,
    };

    public bool IsTrue => Value is true or "true";

    /// <summary>The value as a number: itself, or what a text says; 5% says 0.05.</summary>
    public bool TryNumber(out decimal number)
    {
        number = Value is decimal value ? value : 0;
        if (Value is not string text)
        {
            return Value is decimal;
        }

        var isPercent = text.EndsWith('%');
        var isNumber = decimal.TryParse(isPercent ? text.AsSpan()[..^1].TrimEnd() : text, Numbers, CultureInfo.InvariantCulture, out number);
        number = isPercent ? number / 100 : number;
        return isNumber;
    }
}
