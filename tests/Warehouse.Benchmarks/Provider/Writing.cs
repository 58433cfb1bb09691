using Warehouse.DuckDb;

namespace Warehouse.Benchmarks.Provider;

/// <summary>The same rows, brought into a table in the ways that there are.</summary>
internal static class Writing
{
    private static readonly DateOnly FirstDay = new(2020, 1, 1);

    /// <summary>The engine's own part: rows that it makes itself, of the same columns.</summary>
    public static void Insert(DuckDBConnection connection, string table, int count)
    {
        using var command = new DuckDBCommand($"INSERT INTO {table} {SixColumns.Select} WHERE id < {count}", connection);
        command.ExecuteNonQuery();
    }

    public static void Rows(DuckDBConnection connection, string table, int count)
    {
        using var appender = connection.CreateAppender(table);
        for (var id = 0; id < count; id++)
        {
            var row = appender.CreateRow();
            row.AppendValue((long)id).AppendValue(id % 1_000_000).AppendValue(id / 7.0);
            if (id % 50 == 0)
            {
                row.AppendNullValue();
            }
            else
            {
                row.AppendValue(new decimal(id % 1_000_000, 0, 0, isNegative: false, scale: 2));
            }

            row.AppendValue(FirstDay.AddDays(id % 1500)).AppendText(id % 2 == 0 ? "name 123" : "a longer name 12345").EndRow();
        }

        appender.Close();
    }

    public static void Columns(DuckDBConnection connection, string table, int count)
    {
        using var appender = connection.CreateAppender(table);
        for (var first = 0; first < count; first += DuckDBAppender.ChunkCapacity)
        {
            var rows = Math.Min(DuckDBAppender.ChunkCapacity, count - first);
            var ids = appender.Column(0).AsSpan<long>();
            var customers = appender.Column(1).AsSpan<int>();
            var shares = appender.Column(2).AsSpan<double>();
            var amounts = appender.Column(3).AsSpan<long>();
            var days = appender.Column(4).AsSpan<DuckDBDateOnly>();
            var names = appender.Column(5);
            for (var row = 0; row < rows; row++)
            {
                var id = first + row;
                ids[row] = id;
                customers[row] = id % 1_000_000;
                shares[row] = id / 7.0;
                amounts[row] = id % 1_000_000 * 100L;
                days[row] = new DuckDBDateOnly(18262 + (id % 1500));
                names.WriteUtf8Text(row, id % 2 == 0 ? "name 123"u8 : "a longer name 12345"u8);
            }

            for (var row = (50 - (first % 50)) % 50; row < rows; row += 50)
            {
                appender.Column(3).WriteNull(row);
            }

            appender.AppendChunk(rows);
        }

        appender.Close();
    }
}
