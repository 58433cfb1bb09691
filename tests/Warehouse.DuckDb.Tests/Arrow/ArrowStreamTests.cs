using System.Text.Json.Nodes;

namespace Warehouse.DuckDb.Tests.Arrow;

public sealed class ArrowStreamTests : Database
{
    [SkippableTheory]
    [InlineData("FROM test_all_types()")]
    [InlineData("SELECT * REPLACE (CASE WHEN bool THEN interval ELSE INTERVAL '-1 year -2 days -3.5 seconds' END AS interval) FROM test_all_types(use_large_enum = true)")]
    [InlineData("SELECT NULL AS nothing, 'NaN'::DOUBLE AS nan, -0.0::DOUBLE AS minus_zero, [NULL, [], [1, NULL]] AS deep")]
    [InlineData("SELECT map {1: [{'a': 'x'}], 2: NULL} AS m, union_value(n := 3) AS u, {'l': [map {'k': 1.5}], 'e': 'b'::ENUM('a', 'b')} AS s")]
    [InlineData("SELECT i, CASE WHEN i % 3 = 0 THEN NULL ELSE repeat('x', i::INTEGER % 50) END AS t, i % 7 = 0 AS b, [i, NULL] AS l FROM range(5000) r(i)")]
    [InlineData("SELECT 1 AS \"a b\", 2 AS \"ünï 🦆\", 3 AS \"a b\" WHERE false")]
    [InlineData("SELECT {'a': i, 'b': CASE WHEN i % 2 = 0 THEN NULL ELSE {'c': [i::VARCHAR]} END} AS s FROM range(3000) r(i) WHERE i % 5 <> 0")]
    public async Task Values_ReadBackByApacheArrow_AreTheEngines(string sql)
    {
        var read = await ApacheArrow.ReadAsync(await StreamAsync(sql));
        var expected = Expected(sql);
        Assert.Equal(expected["names"]!.ToJsonString(), new JsonArray([.. read["fields"]!.AsArray().Select(field => field!["name"]!.DeepClone())]).ToJsonString());
        var (rows, expectedRows) = (read["rows"]!.AsArray(), expected["rows"]!.AsArray());
        Assert.Equal(expectedRows.Count, rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            Assert.True(JsonNode.DeepEquals(expectedRows[row], rows[row]), $"row {row}: expected {expectedRows[row]!.ToJsonString()}, read {rows[row]!.ToJsonString()}");
        }
    }

    [SkippableFact]
    public async Task Schema_NamesEveryTypeAsArrowDoes()
    {
        var read = await ApacheArrow.ReadAsync(await StreamAsync(
            """
            SELECT 1::UTINYINT AS a, 1::HUGEINT AS b, 1::UHUGEINT AS c, 1.5::FLOAT AS d, 1.5::DECIMAL(9, 2) AS e, DATE '2020-01-01' AS f,
                TIME '01:00' AS g, TIMESTAMP_S '2020-01-01' AS h, TIMESTAMP_MS '2020-01-01' AS i, TIMESTAMP '2020-01-01' AS j,
                TIMESTAMP_NS '2020-01-01' AS k, TIMESTAMPTZ '2020-01-01' AS l, INTERVAL 1 DAY AS m, 'x'::ENUM('x') AS n,
                [1] AS o, array_value(1, 2) AS p, {'q': 1} AS q, map {'r': 1} AS r, ''::BLOB AS s, true AS t
            """));
        Assert.Equal(
            "Uint8|Decimal[38e0]|Decimal[39e0]|Float32|Decimal[9e+2]|Date32<DAY>|Time64<MICROSECOND>|Timestamp<SECOND>|Timestamp<MILLISECOND>"
            + "|Timestamp<MICROSECOND>|Timestamp<NANOSECOND>|Timestamp<MICROSECOND, UTC>|Interval<MONTH_DAY_NANO>|Dictionary<Uint8, Utf8>"
            + "|List<Int32>|FixedSizeList[2]<Int32>|Struct<{q:Int32}>|Map<{key:Utf8, value:Int32}>|Binary|Bool",
            string.Join('|', read["fields"]!.AsArray().Select(field => field!["type"]!.GetValue<string>())));
    }

    [SkippableFact]
    public async Task Batches_HoldManyChunks()
    {
        var read = await ApacheArrow.ReadAsync(await StreamAsync("FROM range(200000)"));
        var batches = read["batches"]!.AsArray().Select(batch => batch!.GetValue<int>()).ToList();
        Assert.Equal(200_000, batches.Sum());
        Assert.All(batches.SkipLast(1), rows => Assert.InRange(rows, 65_536, 65_536 + 2048));
    }

    [Fact]
    public async Task Reader_AfterHasRows_WritesEveryRow()
    {
        await using var command = new DuckDBCommand("FROM range(3000)", Connection);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(reader.HasRows);
        Assert.Equal(3000, await reader.WriteArrowStreamAsync(Stream.Null));
        Assert.False(await reader.ReadAsync());
    }

    [Fact]
    public async Task Reader_AfterARowWasRead_IsRefused()
    {
        await using var command = new DuckDBCommand("FROM range(3000)", Connection);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.WriteArrowStreamAsync(Stream.Null));
    }

    [Fact]
    public async Task Variant_IsRefusedByNameAndType()
    {
        await using var command = new DuckDBCommand("SELECT 1 AS fine, [1::VARIANT] AS odd", Connection);
        await using var reader = await command.ExecuteChunkReaderAsync();
        var fault = await Assert.ThrowsAsync<NotSupportedException>(() => reader.WriteArrowStreamAsync(Stream.Null));
        Assert.Contains("'odd[]' is VARIANT", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_StopsTheWriting()
    {
        using var cancellation = new CancellationTokenSource();
        await using var command = new DuckDBCommand("FROM range(1000000000000)", Connection);
        await using var reader = await command.ExecuteChunkReaderAsync(CancellationToken.None);
        var writing = reader.WriteArrowStreamAsync(Stream.Null, cancellation.Token);
        cancellation.CancelAfter(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    private async Task<byte[]> StreamAsync(string sql)
    {
        await using var command = new DuckDBCommand(sql, Connection);
        await using var reader = await command.ExecuteChunkReaderAsync();
        using var stream = new MemoryStream();
        await reader.WriteArrowStreamAsync(stream);
        return stream.ToArray();
    }

    private JsonObject Expected(string sql)
    {
        using var command = new DuckDBCommand(sql, Connection);
        using var reader = command.ExecuteChunkReader();
        var rows = new JsonArray();
        while (reader.Read())
        {
            var chunk = reader.Current;
            for (var row = 0; row < chunk.RowCount; row++)
            {
                var values = new JsonArray();
                for (var column = 0; column < chunk.ColumnCount; column++)
                {
                    values.Add(ExpectedJson.Of(chunk[column], row));
                }

                rows.Add(values);
            }
        }

        return new JsonObject { ["names"] = new JsonArray([.. reader.Columns.Select(column => (JsonNode)column.ColumnName)]), ["rows"] = rows };
    }
}
