using System.Globalization;

namespace Warehouse.DuckDb.Tests.Appending;

public sealed class AppenderTests : Database
{
    [Fact]
    public void Rows_OverManyChunks_AllArriveInOrder()
    {
        const int rows = 10_000;
        Connection.Execute("CREATE TABLE t (id BIGINT, name VARCHAR, amount DECIMAL(18,4), day DATE, note VARCHAR)");
        using (var appender = Connection.CreateAppender("t"))
        {
            for (var id = 0; id < rows; id++)
            {
                var row = appender.CreateRow();
                row.AppendValue(id).AppendValue($"customer number {id.ToString(CultureInfo.InvariantCulture)}").AppendValue(id / 4m)
                    .AppendValue(new DateOnly(2020, 1, 1).AddDays(id)).AppendValue(id % 3 == 0 ? null : "x").EndRow();
            }

            appender.Close();
        }

        Assert.Equal(
            (long)rows,
            Connection.Scalar(
                """
                SELECT count(*) FROM t WHERE rowid = id AND name = 'customer number ' || id AND amount = id / 4
                AND day = DATE '2020-01-01' + id::INTEGER AND note IS NOT DISTINCT FROM CASE WHEN id % 3 = 0 THEN NULL ELSE 'x' END
                """));
    }

    [Fact]
    public void Columns_WrittenAsSpans_AllArrive()
    {
        Connection.Execute("CREATE TABLE t (id INTEGER, share DOUBLE, name VARCHAR, seen TIMESTAMP)");
        using var appender = Connection.CreateAppender(schema: null, "t");
        for (var chunk = 0; chunk < 3; chunk++)
        {
            var ids = appender.Column(0).AsSpan<int>();
            var shares = appender.Column(1).AsSpan<double>();
            var names = appender.Column(2);
            var seen = appender.Column(3).AsSpan<DuckDBTimestamp>();
            for (var row = 0; row < DuckDBAppender.ChunkCapacity; row++)
            {
                ids[row] = (chunk * DuckDBAppender.ChunkCapacity) + row;
                shares[row] = ids[row] / 2.0;
                seen[row] = new DuckDBTimestamp(ids[row]);
                if (row % 2 == 0)
                {
                    names.WriteUtf8Text(row, "a name of more than twelve bytes"u8);
                }
                else
                {
                    names.WriteNull(row);
                }
            }

            appender.AppendChunk(DuckDBAppender.ChunkCapacity);
        }

        appender.Close();
        Assert.Equal(
            3L * DuckDBAppender.ChunkCapacity,
            Connection.Scalar("SELECT count(*) FROM t WHERE id = rowid AND share = id / 2 AND epoch_us(seen) = id AND (name IS NULL) = (id % 2 = 1)"));
    }

    [Fact]
    public void NullWrittenOver_ByAValue_IsTheValue()
    {
        Connection.Execute("CREATE TABLE t (i INTEGER, s STRUCT(a INTEGER, b VARCHAR), l INTEGER[], x INTEGER[2])");
        using var appender = Connection.CreateAppender("t");
        var row = appender.CreateRow();
        row.AppendNullValue().AppendNullValue().AppendNullValue().AppendNullValue();
        row.Abandon();
        row = appender.CreateRow();
        row.AppendValue(1).AppendValue(new Dictionary<string, object?>(StringComparer.Ordinal) { ["a"] = 2, ["b"] = "z" })
            .AppendValue(new List<int> { 3 }).AppendValue(new[] { 4, 5 }).EndRow();
        appender.Close();
        Assert.Equal("(1, {'a': 2, 'b': z}, [3], [4, 5])", Connection.Scalar("SELECT t::VARCHAR FROM (SELECT (i, s, l, x) AS t FROM t)"));
    }

    [Fact]
    public void EndRow_WithValuesMissing_NamesTheNextColumn()
    {
        Connection.Execute("CREATE TABLE t (id INTEGER, name VARCHAR)");
        using var appender = Connection.CreateAppender("t");
        var row = appender.CreateRow().AppendValue(1);
        Assert.Contains("'name'", Assert.Throws<InvalidOperationException>(row.EndRow).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(appender.Close);
        Assert.Throws<InvalidOperationException>(() => appender.CreateRow());
        row.AppendValue("a").EndRow();
        appender.Close();
        Assert.Equal(1L, Connection.Scalar("SELECT count(*) FROM t"));
    }

    [Fact]
    public void AppendValue_BeyondTheLastColumn_IsRefused()
    {
        Connection.Execute("CREATE TABLE t (id INTEGER)");
        using var appender = Connection.CreateAppender("t");
        var row = appender.CreateRow().AppendValue(1);
        Assert.Throws<InvalidOperationException>(() => row.AppendValue(2));
    }

    [Fact]
    public void Dispose_WithoutClose_WritesNothing()
    {
        Connection.Execute("CREATE TABLE t (id INTEGER)");
        using (var appender = Connection.CreateAppender("t"))
        {
            appender.CreateRow().AppendValue(1).EndRow();
        }

        Assert.Equal(0L, Connection.Scalar("SELECT count(*) FROM t"));
    }

    [Fact]
    public void Close_InTransactionRolledBack_WritesNothing()
    {
        Connection.Execute("CREATE TABLE t (id INTEGER)");
        using (Connection.BeginTransaction())
        {
            using var appender = Connection.CreateAppender("t");
            for (var id = 0; id < 500_000; id++)
            {
                appender.CreateRow().AppendValue(id).EndRow();
            }

            appender.Close();
            Assert.Equal(500_000L, Connection.Scalar("SELECT count(*) FROM t"));
        }

        Assert.Equal(0L, Connection.Scalar("SELECT count(*) FROM t"));
    }

    [Fact]
    public void Close_OnConstraintViolation_IsTypedAndWritesNothing()
    {
        Connection.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        using var appender = Connection.CreateAppender("t");
        appender.CreateRow().AppendValue(1).EndRow();
        appender.CreateRow().AppendValue(1).EndRow();
        Assert.Equal(DuckDBErrorKind.Constraint, Assert.Throws<DuckDBException>(appender.Close).ErrorKind);
        Assert.Throws<ObjectDisposedException>(() => appender.CreateRow());
        Assert.Equal(0L, Connection.Scalar("SELECT count(*) FROM t"));
    }

    [Fact]
    public void Create_OfMissingTableOrColumn_IsTyped()
    {
        Assert.Equal(DuckDBErrorKind.Catalog, Assert.Throws<DuckDBException>(() => Connection.CreateAppender("nope")).ErrorKind);
        Connection.Execute("CREATE TABLE t (id INTEGER)");
        var fault = Assert.Throws<DuckDBException>(() => Connection.CreateAppender(null, null, "t", ["nope"]));
        Assert.Contains("nope", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SomeColumns_LeaveTheOthersToTheirDefaults()
    {
        Connection.Execute("CREATE SCHEMA \"s p\"; CREATE TABLE \"s p\".\"t\"\"q\" (a INTEGER DEFAULT 7, b VARCHAR, c VARCHAR DEFAULT 'c')");
        using (var appender = Connection.CreateAppender(catalog: null, "s p", "t\"q", ["b"]))
        {
            appender.CreateRow().AppendValue("x").EndRow();
            appender.Close();
        }

        Assert.Equal("7xc", Connection.Scalar("SELECT a || b || c FROM \"s p\".\"t\"\"q\""));
    }

    [Fact]
    public void AppendDefault_GivesTheColumnsOwn()
    {
        Connection.Execute("CREATE TABLE t (a INTEGER DEFAULT 7, b VARCHAR DEFAULT 'constant that is long', c INTEGER, d INTEGER[] DEFAULT [1, 2])");
        using var appender = Connection.CreateAppender("t");
        appender.CreateRow().AppendDefault().AppendDefault().AppendDefault().AppendDefault().EndRow();
        appender.CreateRow().AppendValue(1).AppendDefault().AppendValue(2).AppendValue(new[] { 3 }).EndRow();
        appender.Close();
        Assert.Equal(
            "[(7, constant that is long, NULL, [1, 2]), (1, constant that is long, 2, [3])]",
            Connection.Scalar("SELECT list((a, b, c, d))::VARCHAR FROM t"));
    }

    [Theory]
    [InlineData("TINYINT", 128)]
    [InlineData("UTINYINT", -1)]
    [InlineData("DECIMAL(3,1)", 100)]
    public void Integer_ThatTheColumnDoesNotHold_IsRefused(string type, int value)
    {
        Connection.Execute($"CREATE TABLE t (v {type})");
        using var appender = Connection.CreateAppender("t");
        var fault = Assert.Throws<OverflowException>(() => appender.CreateRow().AppendValue(value));
        Assert.Contains("'v'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Value_OfAnotherSort_IsRefusedWithColumnAndType()
    {
        Connection.Execute("CREATE TABLE t (day DATE)");
        using var appender = Connection.CreateAppender("t");
        var fault = Assert.Throws<InvalidCastException>(() => appender.CreateRow().AppendValue("2020-01-01"));
        Assert.Contains("'day' is DATE", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decimal_WithDigitsThatTheColumnLacks_IsRefusedUnlessTheyAreZeros()
    {
        Connection.Execute("CREATE TABLE t (v DECIMAL(5,2))");
        using var appender = Connection.CreateAppender("t");
        var row = appender.CreateRow();
        Assert.Throws<OverflowException>(() => row.AppendValue(1.234m));
        Assert.Throws<OverflowException>(() => row.AppendValue(1000m));
        row.AppendValue(1.2300m).EndRow();
        appender.Close();
        Assert.Equal(1.23m, Connection.Scalar("SELECT v FROM t"));
    }

    [Fact]
    public void DateTime_OfUnknownKind_IsNoInstant()
    {
        Connection.Execute("CREATE TABLE t (v TIMESTAMPTZ)");
        using var appender = Connection.CreateAppender("t");
        var row = appender.CreateRow();
        Assert.Throws<InvalidCastException>(() => row.AppendValue(new DateTime(2020, 1, 1)));
        row.AppendValue(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)).EndRow();
        appender.Close();
        Assert.Equal(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), Connection.Scalar("SELECT v FROM t"));
    }

    [Fact]
    public void Append_WhileAReaderIsOpen_IsRefused()
    {
        Connection.Execute("CREATE TABLE t (id INTEGER)");
        using var appender = Connection.CreateAppender("t");
        using var command = new DuckDBCommand("FROM range(10000)", Connection);
        using var reader = command.ExecuteReader();
        appender.CreateRow().AppendValue(1).EndRow();
        Assert.Throws<InvalidOperationException>(appender.Flush);
    }

    [Fact]
    public void CloseConnection_WithAppenderOpen_AbandonsIt()
    {
        Connection.Execute("CREATE TABLE t (id INTEGER)");
        var appender = Connection.CreateAppender("t");
        appender.CreateRow().AppendValue(1).EndRow();
        Connection.Close();
        Assert.Throws<ObjectDisposedException>(appender.Close);
        appender.Dispose();
    }
}
