using System.Text.Json;

namespace Warehouse.Pages.Asking;

/// <summary>A table as the service gives it for display.</summary>
public sealed record Table(int Generation, string? AsOf, string Definition, IReadOnlyList<TableColumn> Columns, IReadOnlyList<TableRow> Rows)
{
    /// <summary>What was asked, where drilling made another question of it.</summary>
    public IReadOnlyDictionary<string, string?>? Asked { get; init; }

    /// <summary>What a reader should know beside the numbers.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The place of a column.</summary>
    public int this[string name] => Columns.TakeWhile(column => column.Name != name).Count() is var place && place < Columns.Count
        ? place
        : throw new InvalidOperationException($"The answer has no column {name}; it has {string.Join(", ", Columns.Select(column => column.Name))}.");

    /// <summary>The table with these columns alone, in this order; what it does not have is left out.</summary>
    public Table Of(params string[] names)
    {
        int[] places = [.. names.Where(name => Columns.Any(column => column.Name == name)).Select(name => this[name])];
        return this with
        {
            Columns = [.. places.Select(place => Columns[place])],
            Rows = [.. Rows.Select(row => new TableRow([.. places.Select(place => row.Values[place])], [.. places.Select(place => row.Texts[place])]))],
        };
    }

    /// <summary>The values of a column as numbers; null where there is none.</summary>
    public IEnumerable<double?> Numbers(string name)
    {
        var place = this[name];
        return Rows.Select(row => row.Number(place));
    }
}

/// <summary>A column of a table.</summary>
/// <param name="Name">For programs.</param>
/// <param name="Type">The engine's name of its type.</param>
/// <param name="Caption">For people.</param>
/// <param name="Format">plain, count, money, share or number.</param>
public sealed record TableColumn(string Name, string Type, string Caption, string Format)
{
    public bool IsNumber => Format != "plain";
}

/// <summary>A row of a table: its values, and the texts that people read.</summary>
public sealed record TableRow(IReadOnlyList<JsonElement> Values, IReadOnlyList<string> Texts)
{
    /// <summary>A value as a number; null where there is none.</summary>
    public double? Number(int place) => Values[place].ValueKind == JsonValueKind.Number ? Values[place].GetDouble() : null;

    /// <summary>A value as text for programs; null where there is none.</summary>
    public string? Text(int place) => Values[place].ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => Values[place].GetString(),
        _ => Values[place].GetRawText(),
    };
}
