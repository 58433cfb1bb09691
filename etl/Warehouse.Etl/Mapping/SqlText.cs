using System.Text;

namespace Warehouse.Etl.Mapping;

/// <summary>SQL in the making, with the values that it refers to: a value never becomes text.</summary>
internal sealed class SqlText
{
    private readonly StringBuilder _text = new();
    private readonly List<(string Name, object? Value)> _values = [];

    /// <summary>The parameters by name.</summary>
    public (string Name, object? Value)[] Values => [.. _values];

    /// <summary>Adds SQL that the product itself wrote.</summary>
    public SqlText Add(string sql)
    {
        _text.Append(sql);
        return this;
    }

    /// <summary>A parameter of this value, to be written where it is needed.</summary>
    public string Value(object value)
    {
        var name = FormattableString.Invariant($"p{_values.Count}");
        _values.Add((name, value));
        return "$" + name;
    }

    /// <summary>Parameters of these values, separated by commas.</summary>
    public string List(IEnumerable<object> values) => string.Join(", ", values.Select(Value));

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
