using System.Globalization;
using System.Text;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>A table in memory and in SQL. Column names are compared as the engine does it.</summary>
internal sealed record StarTable(string Name, IReadOnlyList<(string Name, string Type)> Columns, IReadOnlyList<object?[]> Rows)
{
    public object? Value(object?[] row, string column)
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            if (string.Equals(Columns[index].Name, column, StringComparison.OrdinalIgnoreCase))
            {
                return row[index];
            }
        }

        throw new InvalidOperationException($"There is no column {column} in {Name}.");
    }

    /// <summary>Statements that make the table and fill it, so many rows at once.</summary>
    public string Sql(int batch)
    {
        var sql = new StringBuilder();
        sql.Append(CultureInfo.InvariantCulture, $"CREATE TABLE {Quote(Name)} ({string.Join(", ", Columns.Select(column => $"{Quote(column.Name)} {column.Type}"))});\n");
        foreach (var rows in Rows.Chunk(batch))
        {
            sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO {Quote(Name)} VALUES {string.Join(", ", rows.Select(row => $"({string.Join(", ", row.Select(Text))})"))};\n");
        }

        return sql.ToString();
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(object? value) => value switch
    {
        null => "NULL",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        DateOnly day => $"DATE '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'",
        DateTimeOffset instant => $"TIMESTAMPTZ '{instant.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}+00'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
