using System.Text.Json;
using System.Text.Json.Nodes;

namespace Warehouse.Client;

/// <summary>A table that the service answered.</summary>
/// <param name="Generation">The generation of the data that it was computed from.</param>
/// <param name="AsOf">The date that it holds for; null where it holds for the generation as a whole.</param>
/// <param name="Definition">The hash of the definition that it was computed by.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">
/// The rows, a value for each column: null, <see cref="string"/>, <see cref="bool"/>, <see cref="long"/>, <see cref="decimal"/>,
/// <see cref="double"/>, <see cref="System.Numerics.BigInteger"/>, <see cref="DateOnly"/>, <see cref="DateTime"/> or <see cref="DateTimeOffset"/>,
/// by the column's type.
/// </param>
public sealed record Table(int Generation, DateOnly? AsOf, string Definition, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    private static readonly JsonSerializerOptions ByColumn = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>What a reader should know beside the numbers.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether it was done with a reserve: more rows rejected than the feed allows, or a claim refused.</summary>
    public bool HasReserve { get; init; }

    internal JsonElement[] Json { get; init; } = [];

    /// <summary>The rows as objects, whose properties are named as the columns: <c>NetSales</c> for <c>net_sales</c>. Dots in names are underlines.</summary>
    /// <exception cref="JsonException">A value does not fit its property.</exception>
    public IReadOnlyList<T> As<T>() => [.. Json.Select(row => Object(row).Deserialize<T>(ByColumn)!)];

    private JsonObject Object(JsonElement row) =>
        new(Columns.Select((column, place) => KeyValuePair.Create(column.Name.Replace('.', '_'), row[place] is { ValueKind: not JsonValueKind.Null } value ? JsonNode.Parse(value.GetRawText()) : null)));
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The engine's name of its type: VARCHAR, BIGINT, DECIMAL(18,4), DATE, TIMESTAMPTZ, …</param>
public sealed record TableColumn(string Name, string Type);
