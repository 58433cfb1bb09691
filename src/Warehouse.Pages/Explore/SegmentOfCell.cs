using System.Text.RegularExpressions;

namespace Warehouse.Pages.Explore;

/// <summary>The customers behind a cell as the definition of a segment: those with any of the cell's measure among the cell's facts.</summary>
internal static partial class SegmentOfCell
{
    public static string Yaml(Cell cell)
    {
        var chosen = cell.IsMember || !Name().IsMatch(cell.Name) ? cell.Question.Measures[0] : cell.Name;
        var measure = Name().IsMatch(chosen) ? chosen : cell.Question.Measures.FirstOrDefault(name => Name().IsMatch(name)) ?? chosen;
        var name = measure.Contains('.', StringComparison.Ordinal) ? measure : $"{cell.Question.Cube}.{measure}";
        var where = cell.RowCondition is { } condition ? $", where: \"{condition.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : "";
        return $"segment: from_{cell.Question.Cube}\ndescription: Customers behind a cell of {cell.Question.Cube}.\nwhere:\n  measure: {{name: {name}{where}, from: 0.01}}\n";
    }

    [GeneratedRegex(@"^[\w.]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
