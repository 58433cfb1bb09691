using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// The columns of facts that drilling through shows: those that the cube declares, or all. A column that something reads which its
/// asker may not see, and nothing that he may, is not among them.
/// </summary>
internal static class DetailColumns
{
    public static IReadOnlyList<string> Of(Cube cube, TableColumns table, CubeAccess access)
    {
        IEnumerable<string> columns = cube.Details.Count > 0 ? cube.Details : table.Names;
        var read = Read(cube, access).ToArray();
        var seen = read.Where(part => part.IsSeen).Select(part => part.Column).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unseen = read.Where(part => !part.IsSeen).Select(part => part.Column).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. columns.Where(column => seen.Contains(column) || !unseen.Contains(column))];
    }

    private static IEnumerable<(string Column, bool IsSeen)> Read(Cube cube, CubeAccess access)
    {
        foreach (var role in cube.Roles.Values)
        {
            foreach (var field in role.Dimension.Attributes.Values.Where(field => field is { TreeColumn: null, Calculated: null }))
            {
                var name = $"{role.Name}.{field.Name}";
                var isSeen = !access.IsHidden(cube, name) && access.ShownOf(cube, name) is null;
                var columns = ExpressionNames.Of(field.Value.Expression).Where(column => column.Second is null).Select(column => column.First).ToArray();
                if (role.On is null)
                {
                    foreach (var column in columns)
                    {
                        yield return (column, isSeen);
                    }
                }
                else if (columns.Length > 0 && columns.All(column => string.Equals(column, role.Dimension.Key, StringComparison.OrdinalIgnoreCase)))
                {
                    yield return (role.On, isSeen);
                }
            }
        }

        foreach (var measure in cube.Measures.Values)
        {
            var isSeen = !access.IsHidden(cube, $"{cube.Name}.{measure.Name}");
            var value = measure.Definition switch { AggregateDefinition aggregate => Shown(aggregate), SemiAdditiveDefinition balance => balance.Value, _ => null };
            foreach (var column in value is null ? [] : ExpressionNames.Of(value.Expression).Where(name => name.Second is null))
            {
                yield return (column.First, isSeen);
            }
        }
    }

    /// <summary>What an aggregate lets see of its values: a count nothing.</summary>
    private static SourcedExpression? Shown(AggregateDefinition aggregate) =>
        aggregate.Kind is AggregateKind.Count or AggregateKind.CountDistinct or AggregateKind.ApproxCountDistinct ? null : aggregate.Value;
}
