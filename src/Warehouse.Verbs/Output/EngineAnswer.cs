using System.Globalization;
using Warehouse.DuckDb;
using Warehouse.Store;

namespace Warehouse.Verbs.Output;

/// <summary>Writes an answer in the formats that the engine writes: its rows go through a table in memory.</summary>
internal static class EngineAnswer
{
    public static async Task WriteParquetAsync(Answer answer, string path, CancellationToken cancellationToken)
    {
        await using var connection = await FillAsync(answer, cancellationToken);
        await connection.ExecuteAsync("COPY answer TO $path (FORMAT parquet)", cancellationToken, ("path", path));
    }

    public static async Task WriteArrowAsync(Answer answer, Stream stream, CancellationToken cancellationToken)
    {
        await using var connection = await FillAsync(answer, cancellationToken);
        await using var command = (DuckDBCommand)connection.Command("FROM answer");
        await using var reader = (DuckDBDataReader)await command.ExecuteReaderAsync(cancellationToken);
        await reader.WriteArrowStreamAsync(stream, cancellationToken);
    }

    private static async Task<DuckDBConnection> FillAsync(Answer answer, CancellationToken cancellationToken)
    {
        var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync(cancellationToken);
        var builder = new DuckDBCommandBuilder();
        var columns = answer.Columns.Select(column => $"{builder.QuoteIdentifier(column.Name)} {column.Type}");
        await connection.ExecuteAsync($"CREATE TABLE answer ({string.Join(", ", columns)})", cancellationToken);
        var places = string.Join(", ", answer.Columns.Select((column, place) => string.Create(CultureInfo.InvariantCulture, $"$c{place}")));
        await using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO answer VALUES ({places})";
        foreach (var row in answer.Rows)
        {
            insert.Parameters.Clear();
            for (var place = 0; place < row.Length; place++)
            {
                insert.Parameters.Add(new DuckDBParameter(string.Create(CultureInfo.InvariantCulture, $"c{place}"), row[place] ?? DBNull.Value));
            }

            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        return connection;
    }
}
