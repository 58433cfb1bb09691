using System.Data.SqlTypes;
using System.Globalization;
using Warehouse.Cubes;
using Warehouse.Cubes.Results;

namespace Warehouse.Verbs.Output;

/// <summary>A cube's result as an answer.</summary>
internal static class CubeAnswer
{
    /// <summary>Makes the answer.</summary>
    /// <param name="result">The result.</param>
    /// <param name="forPeople">Whether people read it: then totals say « Total »; for programs a last column tells them by their bits.</param>
    /// <param name="language">The language of captions, as en or de-AT; null for the default ones.</param>
    public static Answer Of(CubeResult result, bool forPeople, string? language = null)
    {
        var hasTotals = result.Rows.Any(row => row.IsTotal);
        var columns = result.Columns.Select((column, place) => Column(column, TypeOf(column.Type, result, place), language)).ToList();
        if (hasTotals && !forPeople)
        {
            columns.Add(new AnswerColumn("total", "INTEGER"));
        }

        var members = result.Columns.Count(column => column.IsMember);
        var rows = result.Rows.Select(row => !hasTotals ? row.Values : forPeople ? WithWords(row, members) : [.. row.Values, row.Total]);
        return new Answer((int)(result.Generation?.Number ?? 0), result.AsOf, result.Definition, columns, [.. rows]);
    }

    /// <summary>The parts of a question that drilling changes, as texts that ask it.</summary>
    public static IReadOnlyDictionary<string, string?> Moved(CubeQuery query) => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["by"] = string.Join(',', query.By.Select(member => member.Text)),
        ["pivot"] = query.Pivot?.Text,
        ["where"] = query.Where?.Text,
        ["having"] = query.Having?.Text,
        ["order"] = string.Join(',', query.Order.Select(term => term.IsDescending ? $"{term.Value.Text} desc" : term.Value.Text)),
        ["top"] = query.Top?.Text,
        ["limit"] = query.Limit?.ToString(CultureInfo.InvariantCulture),
    };

    private static AnswerColumn Column(CubeColumn column, string type, string? language) => new(
        column.Name,
        type,
        column.Caption.In(language),
        column.IsMember ? ColumnFormat.Plain : ColumnFormat.Number)
    {
        Show = value => value is TotalWord word ? word.Text : column.Text(value, CultureInfo.InvariantCulture),
    };

    private static object?[] WithWords(CubeRow row, int members) =>
        [.. row.Values.Select((value, place) => place < members && (row.Total >> place & 1) == 1 ? TotalWord.Instance : value)];

    private static string TypeOf(Type type, CubeResult result, int place) => type switch
    {
        _ when type == typeof(string) => "VARCHAR",
        _ when type == typeof(bool) => "BOOLEAN",
        _ when type == typeof(sbyte) => "TINYINT",
        _ when type == typeof(short) => "SMALLINT",
        _ when type == typeof(int) => "INTEGER",
        _ when type == typeof(long) => "BIGINT",
        _ when type == typeof(Int128) || type == typeof(System.Numerics.BigInteger) => "HUGEINT",
        _ when type == typeof(double) => "DOUBLE",
        _ when type == typeof(DateOnly) => "DATE",
        _ when type == typeof(DateTime) => "TIMESTAMP",
        _ when type == typeof(DateTimeOffset) => "TIMESTAMPTZ",
        _ when type == typeof(decimal) => string.Create(
            CultureInfo.InvariantCulture,
            $"DECIMAL(38,{result.Rows.Select(row => row.Values[place]).OfType<decimal>().Select(value => new SqlDecimal(value).Scale).DefaultIfEmpty((byte)0).Max()})"),
        _ => "VARCHAR",
    };

    private sealed record TotalWord(string Text)
    {
        public static TotalWord Instance { get; } = new("Total");
    }
}
