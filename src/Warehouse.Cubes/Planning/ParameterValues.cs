using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>What the parameters of a model and of a question are for that question.</summary>
internal sealed class ParameterValues
{
    /// <summary>The day that a question is asked as of, else the current one, where nobody declares a parameter of this name.</summary>
    public const string AsOf = "as_of";

    private readonly Dictionary<string, Expression?> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <param name="declared">The parameters.</param>
    /// <param name="given">What the question gives, by name.</param>
    /// <param name="today">The day of the question.</param>
    /// <exception cref="WrongCommandException">A parameter is given that is not there, or a value that is not of its type.</exception>
    public ParameterValues(IEnumerable<ModelParameter> declared, IReadOnlyDictionary<string, string> given, DateOnly today)
    {
        _values[AsOf] = new PeriodLiteral(new Period(TimeUnit.Day, today, today == DateOnly.MaxValue ? today : today.AddDays(1)));
        _changed.Add(AsOf);
        var types = new Dictionary<string, ParameterType>(StringComparer.Ordinal);
        foreach (var parameter in declared)
        {
            _changed.Remove(parameter.Name);
            types[parameter.Name] = parameter.Type;
            _values[parameter.Name] = parameter.Default;
        }

        foreach (var (name, text) in given)
        {
            if (!types.TryGetValue(name, out var type))
            {
                throw new WrongCommandException($"There is no parameter \"{name}\". {NearNames.Hint(name, types.Keys, "parameters")}");
            }

            var value = ParameterReader.Value(type, text)
                ?? throw new WrongCommandException($"The parameter \"{name}\" is {ParameterReader.Text(type)}, not \"{text}\".");
            if (!Equals(value, _values[name]))
            {
                _changed.Add(name);
            }

            _values[name] = value;
        }
    }

    /// <summary>Whether an expression has another value than by the defaults alone.</summary>
    public bool Changes(Expression expression) => expression.Parameters().Any(parameter => _changed.Contains(parameter.Name));

    /// <summary>The expression with values in the place of parameters.</summary>
    /// <exception cref="UserFaultException">A parameter is not there, or has no value.</exception>
    public Expression In(Expression expression, ExpressionSource source) =>
        expression.Parameters().Any() ? expression.Replace(node => node is Parameter parameter ? Of(parameter, source) with { Position = parameter.Position } : null) : expression;

    private Expression Of(Parameter parameter, ExpressionSource source) => !_values.TryGetValue(parameter.Name, out var value)
        ? throw source.Fault(parameter, $"There is no parameter \"{parameter.Name}\". {NearNames.Hint(parameter.Name, _values.Keys, "parameters")}")
        : value ?? throw new WrongCommandException($"The parameter \"{parameter.Name}\" has no default: give it with the question (--param {parameter.Name}=…).");
}
