namespace Warehouse.Campaigns.Segments;

/// <summary>The values of a statement, each under a name of its own.</summary>
internal sealed class SqlValues
{
    private readonly List<(string Name, object? Value)> _values = [];

    /// <summary>All of them.</summary>
    public (string Name, object? Value)[] All => [.. _values];

    /// <summary>Takes a value, and gives the parameter that stands for it.</summary>
    public string Of(object value)
    {
        var name = FormattableString.Invariant($"p{_values.Count}");
        _values.Add((name, value));
        return "$" + name;
    }

    /// <summary>Takes several, and gives them as a list in brackets.</summary>
    public string Of(IEnumerable<string> values) => $"({string.Join(", ", values.Select(Of))})";

    /// <summary>Takes a value that a statement needs often, once.</summary>
    public string Named(string name, object value)
    {
        if (!_values.Contains((name, value)))
        {
            _values.Add((name, value));
        }

        return "$" + name;
    }
}
