using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Warehouse.DuckDb;
using Warehouse.DuckDb.Execution;
using Warehouse.DuckDb.Native;

namespace Warehouse.Benchmarks.Provider;

/// <summary>One statement, read in the ways that there are. Each way but the first looks at every value.</summary>
internal static class Reading
{
    /// <summary>The engine's part alone, by its C API: each chunk is fetched and thrown away.</summary>
    public static unsafe long Discard(DuckDBConnection connection)
    {
        using var batch = StatementBatch.Parse(connection.Handle, SixColumns.Select);
        using var result = batch.Prepared(0).ExecuteNative();
        long rows = 0;
        for (var chunk = NativeMethods.duckdb_fetch_chunk(*result.Result); chunk != 0; chunk = NativeMethods.duckdb_fetch_chunk(*result.Result))
        {
            rows += (long)NativeMethods.duckdb_data_chunk_get_size(chunk);
            NativeMethods.duckdb_destroy_data_chunk(ref chunk);
        }

        return rows;
    }

    public static long Columns(DuckDBConnection connection)
    {
        using var command = new DuckDBCommand(SixColumns.Select, connection);
        using var reader = command.ExecuteChunkReader();
        long rows = 0, ids = 0, customers = 0, amounts = 0, days = 0, bytes = 0;
        double shares = 0;
        while (reader.Read())
        {
            var chunk = reader.Current;
            rows += chunk.RowCount;
            ids += Sum(chunk[0].AsSpan<long>());
            customers += Sum(chunk[1].AsSpan<int>());
            shares += Sum(chunk[2].AsSpan<double>());
            amounts += SumPresent(chunk[3]);
            days += Sum(chunk[4].AsSpan<int>());
            foreach (ref readonly var name in chunk[5].AsSpan<DuckDBString>())
            {
                bytes += name.Bytes.Length;
            }
        }

        return Keep(rows, ids + customers + amounts + days + bytes + (long)shares);
    }

    public static long TypedGetters(DuckDBConnection connection)
    {
        using var command = new DuckDBCommand(SixColumns.Select, connection);
        using var reader = command.ExecuteReader();
        long rows = 0, sum = 0;
        while (reader.Read())
        {
            rows++;
            sum += reader.GetInt64(0) + reader.GetInt32(1) + (long)reader.GetDouble(2);
            sum += reader.IsDBNull(3) ? 0 : (long)reader.GetDecimal(3);
            sum += reader.GetFieldValue<DuckDBDateOnly>(4).Days + reader.GetString(5).Length;
        }

        return Keep(rows, sum);
    }

    public static long Values(DuckDBConnection connection)
    {
        using var command = new DuckDBCommand(SixColumns.Select, connection);
        using var reader = command.ExecuteReader();
        var values = new object[6];
        long rows = 0, sum = 0;
        while (reader.Read())
        {
            rows++;
            sum += reader.GetValues(values);
        }

        return Keep(rows, sum);
    }

    /// <summary>The result as an Arrow stream, thrown away.</summary>
    public static long Arrow(DuckDBConnection connection)
    {
        using var command = new DuckDBCommand(SixColumns.Select, connection);
        using var reader = command.ExecuteChunkReader();
        return reader.WriteArrowStreamAsync(Stream.Null).GetAwaiter().GetResult();
    }

    private static T Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        var sums = Vector<T>.Zero;
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        foreach (var vector in vectors)
        {
            sums += vector;
        }

        var sum = Vector.Sum(sums);
        foreach (var value in values[(vectors.Length * Vector<T>.Count)..])
        {
            sum += value;
        }

        return sum;
    }

    private static long SumPresent(DuckDBVector vector)
    {
        var values = vector.AsSpan<long>();
        var sum = Sum(values);
        var mask = vector.NullMask;
        for (var word = 0; word < mask.Length; word++)
        {
            for (var nulls = ~mask[word]; nulls != 0; nulls &= nulls - 1)
            {
                var row = (word * 64) + BitOperations.TrailingZeroCount(nulls);
                sum -= row < values.Length ? values[row] : 0;
            }
        }

        return sum;
    }

    /// <summary>Uses the sum, so that no part of the reading can be left out.</summary>
    private static long Keep(long rows, long sum) =>
        sum == long.MinValue ? throw new InvalidOperationException(sum.ToString(CultureInfo.InvariantCulture)) : rows;
}
