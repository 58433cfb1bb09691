using System.Numerics;
using System.Text;

namespace Warehouse.DuckDb.Tests.Columns;

public sealed class ChunkReaderTests : Database
{
    [Fact]
    public void Spans_LookAtEveryValue()
    {
        using var command = new DuckDBCommand("SELECT i, i::INTEGER AS n, CASE WHEN i % 3 = 0 THEN NULL ELSE i END AS some, DATE '1970-01-01' + i::INTEGER AS day FROM range(100000) t(i)", Connection);
        using var reader = command.ExecuteChunkReader();
        long rows = 0, sum = 0, nulls = 0, days = 0;
        while (reader.Read())
        {
            var chunk = reader.Current;
            rows += chunk.RowCount;
            foreach (var value in chunk[0].AsSpan<long>())
            {
                sum += value;
            }

            Assert.Equal(chunk[0].AsSpan<long>()[0], chunk[1].AsSpan<int>()[0]);
            Assert.False(chunk[0].HasNullMask);
            var mask = chunk[2].NullMask;
            nulls += chunk.RowCount;
            for (var word = 0; word < mask.Length; word++)
            {
                var inside = Math.Min(64, chunk.RowCount - (word * 64));
                nulls -= BitOperations.PopCount(mask[word] & (ulong.MaxValue >> (64 - inside)));
            }

            foreach (var day in chunk[3].AsSpan<DuckDBDateOnly>())
            {
                days += day.Days;
            }
        }

        Assert.Equal((100_000L, 4_999_950_000L, 33_334L, 4_999_950_000L), (rows, sum, nulls, days));
    }

    [Fact]
    public void Texts_AreSeenWhereTheyLie()
    {
        using var command = new DuckDBCommand("SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE repeat('ü', i::INTEGER % 20) END AS t, 'x\\x00y'::BLOB AS b FROM range(5000) r(i)", Connection);
        using var reader = command.ExecuteChunkReader();
        var i = 0;
        while (reader.Read())
        {
            var texts = reader.Current[0];
            var blobs = reader.Current[1];
            for (var row = 0; row < texts.Length; row++, i++)
            {
                Assert.Equal(i % 7 == 0, texts.IsNull(row));
                Assert.Equal(i % 7 == 0 ? "" : new string('ü', i % 20), Encoding.UTF8.GetString(texts.GetBytes(row)));
                Assert.Equal("x\0y"u8.ToArray(), blobs.AsSpan<DuckDBString>()[row].Bytes.ToArray());
            }
        }

        Assert.Equal(5000, i);
    }

    [Fact]
    public void Nested_AreReachedByTheirChildren()
    {
        using var command = new DuckDBCommand(
            """
            SELECT CASE WHEN i % 5 = 0 THEN NULL ELSE range(i % 4) END AS l, {'n': i, 't': i::VARCHAR} AS s, MAP {i: i * 2, -1: 0} AS m,
                array_value(i, i + 1) AS a, CASE WHEN i % 2 = 0 THEN union_value(n := i) ELSE union_value(n := NULL::BIGINT) END AS u,
                (CASE WHEN i % 2 = 0 THEN 'even' ELSE 'odd' END)::ENUM('even', 'odd') AS e, i::DECIMAL(9, 2) AS d
            FROM range(3000) t(i)
            """, Connection);
        using var reader = command.ExecuteChunkReader();
        var i = 0;
        while (reader.Read())
        {
            var chunk = reader.Current;
            for (var row = 0; row < chunk.RowCount; row++, i++)
            {
                var (start, count) = chunk[0].GetElements(row);
                Assert.Equal(i % 5 == 0 ? 0 : i % 4, count);
                Assert.Equal(Enumerable.Range(0, count).Select(x => (long)x), chunk[0].GetChild(0).AsSpan<long>().Slice(start, count).ToArray());
                Assert.Equal(i, chunk[1].GetChild(0).AsSpan<long>()[row]);
                Assert.Equal($"{i}", chunk[1].GetChild(1).GetValue<string>(row));
                (start, count) = chunk[2].GetElements(row);
                Assert.Equal(2, count);
                Assert.Equal((i, i * 2), (chunk[2].GetChild(0).AsSpan<long>()[start], chunk[2].GetChild(1).AsSpan<long>()[start]));
                (start, count) = chunk[3].GetElements(row);
                Assert.Equal([i, i + 1], chunk[3].GetChild(0).AsSpan<long>().Slice(start, count).ToArray());
                Assert.Equal(0, chunk[4].GetUnionMember(row));
                Assert.Equal(i % 2 != 0, chunk[4].GetChild(0).IsNull(row));
                Assert.Equal(i % 2, chunk[5].AsSpan<byte>()[row]);
                Assert.Equal(i * 100, chunk[6].AsSpan<int>()[row]);
            }
        }

        Assert.Equal(3000, i);
    }

    [Fact]
    public void Span_OfAnotherLayout_IsRefused()
    {
        using var command = new DuckDBCommand("SELECT 1::INTEGER AS n, 'x' AS t, 1.5::DECIMAL(18,2) AS d", Connection);
        using var reader = command.ExecuteChunkReader();
        Assert.True(reader.Read());
        Assert.Contains("'n' is INTEGER", Assert.Throws<InvalidCastException>(() => _ = reader.Current[0].AsSpan<long>()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidCastException>(() => _ = reader.Current[0].AsSpan<uint>());
        Assert.Throws<InvalidCastException>(() => _ = reader.Current[0].AsSpan<DuckDBString>());
        Assert.Throws<InvalidCastException>(() => _ = reader.Current[1].AsSpan<long>());
        Assert.Throws<InvalidCastException>(() => _ = reader.Current[2].AsSpan<decimal>());
        Assert.Throws<InvalidCastException>(() => _ = reader.Current[0].GetBytes(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = reader.Current[0].IsNull(1));
    }

    [Fact]
    public void Chunk_AfterTheNextIsRead_IsRefused()
    {
        using var command = new DuckDBCommand("FROM range(10000)", Connection);
        using var reader = command.ExecuteChunkReader();
        Assert.Throws<InvalidOperationException>(() => _ = reader.Current);
        Assert.True(reader.Read());
        var chunk = reader.Current;
        var vector = chunk[0];
        Assert.True(reader.Read());
        AssertGone(chunk, vector);
        vector = reader.Current[0];
        reader.Dispose();
        AssertGone(chunk, vector);
        Assert.Throws<ObjectDisposedException>(() => reader.Read());
    }

    [Fact]
    public void SecondCommand_WhileAChunkReaderIsOpen_IsRefused()
    {
        using var command = new DuckDBCommand("FROM range(10000)", Connection);
        using (command.ExecuteChunkReader())
        {
            Assert.Throws<InvalidOperationException>(() => Connection.Scalar("SELECT 1"));
        }

        Assert.Equal(1, Connection.Scalar("SELECT 1"));
    }

    [Fact]
    public async Task StatementsWithoutRows_GiveNoChunks()
    {
        await using var command = new DuckDBCommand("CREATE TABLE t (i INTEGER)", Connection);
        await using var reader = await command.ExecuteChunkReaderAsync();
        Assert.Empty(reader.Columns);
        Assert.False(await reader.ReadAsync());
        Assert.False(await reader.ReadAsync());
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public void Reading_AllocatesNothingPerRow(int rows)
    {
        Connection.Execute("CREATE TABLE six AS SELECT i AS a, i::INTEGER AS b, i / 7 AS c, i::DECIMAL(18,4) AS d, DATE '2020-01-01' + (i % 1000)::INTEGER AS e, 'a text of more than twelve ' || i AS f FROM range(" + rows + ") t(i)");
        using var command = new DuckDBCommand("FROM six", Connection);
        ReadAll(command);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(rows, ReadAll(command));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    private static long ReadAll(DuckDBCommand command)
    {
        using var reader = command.ExecuteChunkReader();
        long rows = 0, sum = 0;
        while (reader.Read())
        {
            var chunk = reader.Current;
            rows += chunk.RowCount;
            sum += chunk[0].AsSpan<long>()[0] + chunk[1].AsSpan<int>()[0] + (long)chunk[2].AsSpan<double>()[0] + chunk[3].AsSpan<long>()[0] + chunk[4].AsSpan<int>()[0];
            foreach (ref readonly var text in chunk[5].AsSpan<DuckDBString>())
            {
                sum += text.Bytes.Length;
            }
        }

        Assert.NotEqual(0, sum);
        return rows;
    }

    private static void AssertGone(DuckDBDataChunk chunk, DuckDBVector vector)
    {
        var refused = 0;
        try
        {
            _ = chunk[0];
        }
        catch (InvalidOperationException)
        {
            refused++;
        }

        try
        {
            _ = vector.AsSpan<long>();
        }
        catch (InvalidOperationException)
        {
            refused++;
        }

        Assert.Equal(2, refused);
    }
}
