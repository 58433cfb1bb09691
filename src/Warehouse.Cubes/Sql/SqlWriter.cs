using System.Globalization;
using System.Text;

namespace Warehouse.Cubes.Sql;

/// <summary>The one writer of SQL: quotes every name by the provider's rule and turns every value into a parameter.</summary>
internal sealed class SqlWriter(Func<string, string> quoteIdentifier)
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<SqlParameter, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<object> _values = [];
    private int _indent;

    /// <summary>The statement of a node.</summary>
    public static SqlStatement Statement(SqlNode node, Func<string, string> quoteIdentifier)
    {
        var writer = new SqlWriter(quoteIdentifier);
        node.Write(writer);
        return new SqlStatement(writer._text.ToString(), writer._values);
    }

    /// <summary>Words, operators and punctuation of SQL itself: never anything from outside.</summary>
    public SqlWriter Sql(string keyword)
    {
        _text.Append(keyword);
        return this;
    }

    public SqlWriter Node(SqlNode node)
    {
        node.Write(this);
        return this;
    }

    public SqlWriter Identifier(string name)
    {
        _text.Append(quoteIdentifier(name));
        return this;
    }

    /// <summary>A placeholder; the same parameter written twice is bound once.</summary>
    public SqlWriter Parameter(SqlParameter parameter)
    {
        if (!_numbers.TryGetValue(parameter, out var number))
        {
            _values.Add(parameter.Value);
            number = _values.Count;
            _numbers.Add(parameter, number);
        }

        _text.Append('$').Append(number.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    public SqlWriter List(IEnumerable<SqlNode> nodes, string separator = ", ")
    {
        var isFirst = true;
        foreach (var node in nodes)
        {
            if (!isFirst)
            {
                _text.Append(separator);
            }

            isFirst = false;
            node.Write(this);
        }

        return this;
    }

    public SqlWriter Line()
    {
        _text.Append('\n').Append(' ', 2 * _indent);
        return this;
    }

    /// <summary>A relation in brackets, on lines of its own.</summary>
    public SqlWriter Nested(SqlNode node)
    {
        _text.Append('(');
        _indent++;
        Line();
        node.Write(this);
        _indent--;
        Line();
        _text.Append(')');
        return this;
    }
}
