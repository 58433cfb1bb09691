using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Results;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>What the columns of an answer are called.</summary>
internal static class ColumnNames
{
    public static void RequireDistinct(CubeQuery query, Cube home, CubeAccess access)
    {
        if (query.Measures.FirstOrDefault(column => home.Measures.ContainsKey(column.Name) && !access.IsHidden(home, $"{home.Name}.{column.Name}")
            && !(column.Value.Expression is Name { Second: null } name && string.Equals(name.First, column.Name, StringComparison.Ordinal))) is { } shadow)
        {
            throw new WrongCommandException($"\"{shadow.Name}\" is a measure of the cube: a column computed otherwise needs a name of its own.");
        }

        var names = query.By.Select(member => member.Text).Concat(query.Measures.Select(measure => measure.Name));
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new WrongCommandException($"Two columns are called \"{twice.Key}\". Give one another name: « {twice.Key} as … ».");
        }
    }

    public static IReadOnlyList<CubeColumn> Of(CubeQuery query, QueryScope scope) =>
    [
        .. scope.Keys.Select(key => new CubeColumn(key.Name.Text, CaptionOf(key, scope.Keys), typeof(object))
        {
            IsMember = true,
            Unit = key.Field.Unit,
            Format = key.Field.Format,
        }),
        .. query.Measures.Select(measure => MeasureColumns.Of(measure, scope.Home)),
    ];

    /// <summary>A member's caption; where several have the same, after what each is of: « Standing then: Value tier ».</summary>
    private static Caption CaptionOf(QueryKey key, IReadOnlyList<QueryKey> keys) =>
        keys.Count(other => string.Equals(other.Field.Caption.Default, key.Field.Caption.Default, StringComparison.Ordinal)) == 1
            ? key.Field.Caption
            : key.Field.Caption.After(Caption.OfName(key.Name.First).Default + (key.Name.At is { } day ? FormattableString.Invariant($" {day:yyyy-MM-dd}:") : ":"));
}
