namespace Warehouse.Cubes.Planning;

/// <summary>A function of rows that expressions may use.</summary>
/// <param name="Sql">What SQL calls it.</param>
/// <param name="Least">How many arguments it takes at least.</param>
/// <param name="Most">How many at most.</param>
/// <param name="Takes">Of which kind they are; Any where all only have to be of one kind.</param>
/// <param name="Gives">Of which kind the result is; Any for that of the arguments.</param>
internal sealed record ScalarFunction(string Sql, int Least, int Most, ValueKind Takes, ValueKind Gives);

/// <summary>The closed list of functions: nothing else of the database can be called.</summary>
internal static class ScalarFunctions
{
    public static readonly IReadOnlyDictionary<string, ScalarFunction> ByName = new Dictionary<string, ScalarFunction>(StringComparer.Ordinal)
    {
        ["coalesce"] = new("coalesce", 2, 16, ValueKind.Any, ValueKind.Any),
        ["nullif"] = new("nullif", 2, 2, ValueKind.Any, ValueKind.Any),
        ["greatest"] = new("greatest", 2, 16, ValueKind.Any, ValueKind.Any),
        ["least"] = new("least", 2, 16, ValueKind.Any, ValueKind.Any),
        ["abs"] = new("abs", 1, 1, ValueKind.Number, ValueKind.Number),
        ["round"] = new("round", 1, 2, ValueKind.Number, ValueKind.Number),
        ["floor"] = new("floor", 1, 1, ValueKind.Number, ValueKind.Number),
        ["ceiling"] = new("ceil", 1, 1, ValueKind.Number, ValueKind.Number),
        ["sqrt"] = new("sqrt", 1, 1, ValueKind.Number, ValueKind.Number),
        ["lower"] = new("lower", 1, 1, ValueKind.Text, ValueKind.Text),
        ["upper"] = new("upper", 1, 1, ValueKind.Text, ValueKind.Text),
        ["trim"] = new("trim", 1, 1, ValueKind.Text, ValueKind.Text),
        ["length"] = new("length", 1, 1, ValueKind.Text, ValueKind.Number),
        ["concat"] = new("concat", 2, 16, ValueKind.Text, ValueKind.Text),
        ["year"] = new("year", 1, 1, ValueKind.Day, ValueKind.Number),
        ["quarter"] = new("quarter", 1, 1, ValueKind.Day, ValueKind.Number),
        ["month"] = new("month", 1, 1, ValueKind.Day, ValueKind.Number),
        ["day"] = new("day", 1, 1, ValueKind.Day, ValueKind.Number),
        ["weekday"] = new("isodow", 1, 1, ValueKind.Day, ValueKind.Number),
    };
}
