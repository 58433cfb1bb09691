using System.Text.Json;
using Warehouse.Pages.Asking;
using Warehouse.Pages.Parts;

namespace Warehouse.Pages.Explore;

/// <summary>A value of an answer that was chosen, and what can be asked of it.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Table">The answer.</param>
/// <param name="Row">The row.</param>
/// <param name="Place">The column.</param>
public sealed record Cell(Question Question, Table Table, TableRow Row, int Place)
{
    private TableColumn Column => Table.Columns[Place];

    /// <summary>Whether it is a member of the rows, not a number.</summary>
    public bool IsMember => Place < Members;

    /// <summary>The name of the column.</summary>
    public string Name => Column.Name;

    /// <summary>What it shows.</summary>
    public string Text => IsTotalOver(Place) ? "*" : Row.Texts[Place];

    /// <summary>Members stand first, the pivoted one in the heads.</summary>
    private int Members => MembersOf(Question);

    /// <summary>How many columns are members.</summary>
    public static int MembersOf(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.By.Count(member => member != question.Pivot);
    }

    /// <summary>The member as <c>--drill-down</c> takes it: with nothing after the sign for what has no value.</summary>
    public string DrillDown => $"{Name}={Row.Text(Place)}";

    /// <summary>The row as <c>--cell</c> takes it.</summary>
    public string Key => string.Join(',', Enumerable.Range(0, Members).Select(place => IsTotalOver(place) ? "*" : Row.Texts[place]));

    /// <summary>The condition that facts of this member meet.</summary>
    public string Condition => ConditionOf(Place)!;

    /// <summary>The condition that the facts of the row meet; null where it is of all.</summary>
    public string? RowCondition
    {
        get
        {
            return MembersCondition is not { } members ? Question.Where : Question.Where is { } where ? $"({where}) and {members}" : members;
        }
    }

    /// <summary>The condition that the facts of the row meet among those asked for; null where it is of all.</summary>
    private string? MembersCondition => Enumerable.Range(0, Members).Select(ConditionOf).OfType<string>().ToList() is { Count: > 0 } parts ? string.Join(" and ", parts) : null;

    /// <summary>The condition that the facts of any of several cells meet: of a member alone, or of the row of a number; null where one is of all.</summary>
    public static string? AnyOf(IEnumerable<Cell> cells)
    {
        var conditions = cells.Select(cell => cell.IsMember ? cell.ConditionOf(cell.Place) : cell.MembersCondition).Distinct(StringComparer.Ordinal).ToList();
        return conditions.Contains(null) ? null : string.Join(" or ", conditions.Select(condition => $"({condition})"));
    }

    private bool IsTotalOver(int place) => TotalOf(Table, Row) is var bits && (bits >> place & 1) == 1;

    /// <summary>Over which members a row is a total, a bit for each.</summary>
    public static int TotalOf(Table table, TableRow row)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(row);
        return table.Columns[^1].Name == "total" ? (int)(row.Number(table.Columns.Count - 1) ?? 0) : 0;
    }

    private string? ConditionOf(int place)
    {
        var (name, type) = (Table.Columns[place].Name, Table.Columns[place].Type);
        return IsTotalOver(place) ? null : Row.Values[place].ValueKind switch
        {
            JsonValueKind.Null => $"{name} is null",
            JsonValueKind.String when type is not ("DATE" or "TIMESTAMP" or "TIMESTAMPTZ") => $"{name} = {QueryText.Of(Row.Text(place)!)}",
            JsonValueKind.String => $"{name} = {Row.Texts[place]}",
            _ => $"{name} = {Row.Text(place)}",
        };
    }
}
