using System.Text.RegularExpressions;

namespace Warehouse.Pages.Explore;

/// <summary>The customers behind cells as the definition of a segment: those with any of a cell's measure among the cell's facts.</summary>
internal static partial class SegmentOfCell
{
    /// <param name="cells">At least one, of one answer.</param>
    public static string Yaml(IReadOnlyList<Cell> cells)
    {
        var cube = cells[0].Question.Cube;
        string[] conditions = [.. cells.Select(Condition).Distinct(StringComparer.Ordinal)];
        return conditions is [var one]
            ? $"segment: from_{cube}\ndescription: Customers behind a cell of {cube}.\nwhere:\n  {one}\n"
            : $"segment: from_{cube}\ndescription: Customers behind {conditions.Length} cells of {cube}.\nwhere:\n  any:\n{string.Concat(conditions.Select(condition => $"  - {condition}\n"))}";
    }

    private static string Condition(Cell cell)
    {
        var chosen = cell.IsMember || !Name().IsMatch(cell.Name) ? cell.Question.Measures[0] : cell.Name;
        var measure = Name().IsMatch(chosen) ? chosen : cell.Question.Measures.FirstOrDefault(name => Name().IsMatch(name)) ?? chosen;
        var name = measure.Contains('.', StringComparison.Ordinal) ? measure : $"{cell.Question.Cube}.{measure}";
        var where = cell.RowCondition is { } condition ? $", where: \"{condition.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : "";
        return $"measure: {{name: {name}{where}, from: 0.01}}";
    }

    [GeneratedRegex(@"^[\w.]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
