using System.Globalization;

namespace Warehouse.DuckDb.Execution;

/// <summary>Brings a command's values to the statements that name them.</summary>
internal sealed class ParameterValues
{
    private readonly DuckDBParameterCollection _parameters;
    private readonly HashSet<DuckDBParameter> _used = [];

    /// <exception cref="InvalidOperationException">Named and positional values are mixed, or a name is given twice.</exception>
    public ParameterValues(DuckDBParameterCollection parameters)
    {
        _parameters = parameters;
        var names = parameters.Select(parameter => parameter.BareName).Where(name => name.Length > 0).ToList();
        if (names.Count > 0 && names.Count < parameters.Count)
        {
            throw new InvalidOperationException("The parameters of a command are all named or all positional; here both occur.");
        }

        var twice = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Skip(1).Any());
        if (twice is not null)
        {
            throw new InvalidOperationException($"The parameter '{twice.Key}' is given more than once.");
        }
    }

    /// <exception cref="InvalidOperationException">A value that the statement names is missing.</exception>
    public void BindTo(PreparedStatement statement)
    {
        for (var index = 0; index < statement.ParameterNames.Count; index++)
        {
            var parameter = Find(statement, statement.ParameterNames[index]);
            parameter.RequireAgreement();
            statement.Bind(index, parameter.Value);
            _used.Add(parameter);
        }
    }

    /// <summary>To be asked before the last statement of a command runs.</summary>
    /// <exception cref="InvalidOperationException">There is a value that no statement names.</exception>
    public void RequireAllUsed(PreparedStatement last)
    {
        var surplus = _parameters.Where(parameter => !_used.Contains(parameter)).ToList();
        if (surplus.Count == 0)
        {
            return;
        }

        var expected = Expected(last);
        throw new InvalidOperationException(surplus[0].BareName is { Length: > 0 } name
            ? $"No statement of the command names the parameter '{name}'. {expected}{NearNames.Hint(name, last.ParameterNames)}"
            : $"The command has {_parameters.Count} positional values, of which {surplus.Count} are not used. {expected}");
    }

    private DuckDBParameter Find(PreparedStatement statement, string name)
    {
        var isPosition = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var position);
        if (isPosition && position <= _parameters.Count && _parameters[position - 1].BareName.Length == 0)
        {
            return _parameters[position - 1];
        }

        var index = _parameters.IndexOf(name);
        return index >= 0 && name.Length > 0
            ? _parameters[index]
            : throw new InvalidOperationException($"There is no value for the parameter ${name}. {Expected(statement)} {Given(name)}");
    }

    private static string Expected(PreparedStatement statement) => statement.ParameterNames.Count == 0
        ? "The statement has no parameters."
        : $"The statement has: {string.Join(", ", statement.ParameterNames.Select(name => $"${name}"))}.";

    private string Given(string missing)
    {
        var names = _parameters.Select(parameter => parameter.BareName).ToList();
        return names switch
        {
            [] => "No values were given.",
            ["", ..] => string.Create(CultureInfo.InvariantCulture, $"Given were {names.Count} positional values."),
            _ => $"Given were: {string.Join(", ", names)}.{NearNames.Hint(missing, names)}",
        };
    }
}
