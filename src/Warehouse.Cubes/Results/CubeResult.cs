using System.Globalization;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Results;

/// <summary>An answer, and what it came from.</summary>
public sealed record CubeResult
{
    /// <summary>The state of the data; null where the engine was not told how to read it.</summary>
    public required GenerationStamp? Generation { get; init; }

    /// <summary>The last day whose knowledge counts; null where all does.</summary>
    public required DateOnly? AsOf { get; init; }

    /// <summary>The model's hash: see <see cref="CubeModel.Hash"/>.</summary>
    public required string Definition { get; init; }

    /// <summary>Members first, then measures.</summary>
    public required IReadOnlyList<CubeColumn> Columns { get; init; }

    public required IReadOnlyList<CubeRow> Rows { get; init; }

    /// <summary>What a reader should know beside the numbers: that what he asks by was never stored.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The row of a text that has its members as they are shown, with commas between; * where it is a total over one.</summary>
    /// <exception cref="WrongCommandException">There is none, or more than one.</exception>
    public CubeRow Row(string members)
    {
        var shown = Rows.Select(row => (Row: row, Text: string.Join(',', Columns.Where(column => column.IsMember).Select((column, place) => Text(row, column, place))))).ToArray();
        var wanted = string.Join(',', members.Split(',', StringSplitOptions.TrimEntries));
        var found = shown.Where(row => string.Equals(row.Text, wanted, StringComparison.Ordinal)).ToArray();
        return found.Length switch
        {
            1 => found[0].Row,
            0 => throw new WrongCommandException($"No row is \"{members}\". {NearNames.Hint(wanted, shown.Select(row => row.Text), "rows")}"),
            _ => throw new WrongCommandException($"More than one row is shown as \"{members}\"."),
        };
    }

    private static string Text(CubeRow row, CubeColumn column, int place) =>
        (row.Total >> place & 1) == 1 ? "*" : (row.Rest >> place & 1) == 1 ? CubeRow.RestText : column.Text(row.Values[place], CultureInfo.InvariantCulture);
}

/// <summary>A row of an answer.</summary>
/// <param name="Values">In the order of the columns; null where there is no value, and for members that the row is a total over.</param>
/// <param name="Total">Bit i is 1 where the row is a total over the i-th member; 0 for a row of the finest level.</param>
/// <param name="Rest">Bit i is 1 where the row is the rest of the i-th member: all that do not have rows of their own.</param>
public sealed record CubeRow(object?[] Values, int Total, int Rest)
{
    /// <summary>The value of a text member in the row of the rest.</summary>
    public const string RestText = "Others";

    /// <summary>Whether the row is a total over any member.</summary>
    public bool IsTotal => Total != 0;
}
