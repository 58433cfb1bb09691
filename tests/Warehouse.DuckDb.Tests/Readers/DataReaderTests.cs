using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Warehouse.DuckDb.Tests.Readers;

public sealed class DataReaderTests : Database
{
    [Fact]
    public void Read_GoesThroughManyChunks()
    {
        using var command = new DuckDBCommand("SELECT i, i * 2 FROM range(100000) t(i)", Connection);
        using var reader = command.ExecuteReader();
        for (var i = 0L; i < 100_000; i++)
        {
            Assert.True(reader.Read());
            Assert.Equal(i, reader.GetInt64(0));
            Assert.Equal(2 * i, reader.GetInt64(1));
        }

        Assert.False(reader.Read());
        Assert.False(reader.Read());
        Assert.Throws<InvalidOperationException>(() => reader.GetInt64(0));
    }

    [Fact]
    public void Value_BeforeReadOrBeyondTheColumns_IsRefused()
    {
        using var command = new DuckDBCommand("SELECT 1", Connection);
        using var reader = command.ExecuteReader();
        Assert.Throws<InvalidOperationException>(() => reader.GetInt32(0));
        Assert.True(reader.Read());
        Assert.Throws<IndexOutOfRangeException>(() => reader.GetInt32(1));
        Assert.Throws<IndexOutOfRangeException>(() => reader.GetInt32(-1));
        reader.Close();
        Assert.Throws<ObjectDisposedException>(() => reader.GetInt32(0));
        Assert.Throws<ObjectDisposedException>(() => reader.Read());
    }

    [Fact]
    public void Stream_OfAnyLength_IsNotHeldInMemory()
    {
        using var command = new DuckDBCommand("SELECT i, repeat('x', 100) FROM range(1000000000000) t(i)", Connection);
        using var reader = command.ExecuteReader();
        for (var i = 0L; i < 500_000; i++)
        {
            Assert.True(reader.Read());
            Assert.Equal(i, reader.GetInt64(0));
        }
    }

    [Fact]
    public void NextResult_GoesFromRowsToRows()
    {
        using var command = new DuckDBCommand("CREATE TABLE t (i INTEGER); SELECT 1 AS a; INSERT INTO t VALUES (1), (2); SELECT 'x' AS b, 'y' AS c; INSERT INTO t VALUES (3)", Connection);
        using var reader = command.ExecuteReader();
        Assert.Equal("a", reader.GetName(0));
        Assert.Equal(-1, reader.RecordsAffected);
        Assert.True(reader.NextResult());
        Assert.Equal(2, reader.FieldCount);
        Assert.Equal(2, reader.RecordsAffected);
        Assert.True(reader.Read());
        Assert.Equal("y", reader["C"]);
        Assert.False(reader.NextResult());
        Assert.Equal(0, reader.FieldCount);
        Assert.False(reader.Read());
        Assert.Equal(3, reader.RecordsAffected);
    }

    [Fact]
    public void SecondCommand_WhileAReaderIsOpen_IsRefusedAndTheReaderGoesOn()
    {
        using var command = new DuckDBCommand("FROM range(100000)", Connection);
        using (var reader = command.ExecuteReader())
        {
            Assert.True(reader.Read());
            Assert.Contains("open reader", Assert.Throws<InvalidOperationException>(() => Connection.Scalar("SELECT 1")).Message, StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(() => command.ExecuteReader());
            Assert.Throws<InvalidOperationException>(() => Connection.BeginTransaction());
            var rows = 1;
            while (reader.Read())
            {
                rows++;
            }

            Assert.Equal(100_000, rows);
        }

        Assert.Equal(1, Connection.Scalar("SELECT 1"));
    }

    [Fact]
    public void HasRows_IsKnownBeforeTheFirstReadAndTakesNothingAway()
    {
        using var command = new DuckDBCommand("FROM range(3); SELECT 1 WHERE false", Connection);
        using var reader = command.ExecuteReader();
        Assert.True(reader.HasRows);
        var rows = 0;
        while (reader.Read())
        {
            rows++;
        }

        Assert.Equal(3, rows);
        Assert.True(reader.HasRows);
        Assert.True(reader.NextResult());
        Assert.False(reader.HasRows);
        Assert.False(reader.Read());
    }

    [Fact]
    public void Fault_OnTheWay_ComesWithTheReadThatMeetsIt()
    {
        Connection.Execute("SET threads = 1"); // With several, the engine now and then loses the reason.
        using var command = new DuckDBCommand("SELECT CASE WHEN i = 3000000 THEN error('late') ELSE i::VARCHAR END FROM range(3000001) t(i)", Connection);
        using var reader = command.ExecuteReader();
        var rows = 0;
        var fault = Assert.Throws<DuckDBException>(() =>
        {
            while (reader.Read())
            {
                rows++;
            }
        });
        Assert.Contains("late", fault.Message, StringComparison.Ordinal);
        Assert.InRange(rows, 1, 2_999_999);
        Assert.False(reader.Read());
    }

    [Fact]
    public void TypedGetters_WidenAndNarrowExactly()
    {
        using var command = new DuckDBCommand("SELECT 200::UTINYINT, 200::BIGINT, 200::HUGEINT, 2.5::DECIMAL(4,1), 1.5::FLOAT, 40000::INTEGER, 'x', NULL::INTEGER", Connection);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal((200, 200L, 200m, 200.0), (reader.GetInt32(0), reader.GetInt64(0), reader.GetDecimal(0), reader.GetDouble(0)));
        Assert.Equal((200, (short)200, (byte)200), (reader.GetInt32(1), reader.GetInt16(1), reader.GetByte(1)));
        Assert.Equal((200L, (Int128)200), (reader.GetInt64(2), reader.GetFieldValue<Int128>(2)));
        Assert.Equal((2.5m, 2.5), (reader.GetDecimal(3), reader.GetDouble(3)));
        Assert.Equal((1.5f, 1.5), (reader.GetFloat(4), reader.GetDouble(4)));
        Assert.Contains("40000", Assert.Throws<OverflowException>(() => reader.GetInt16(5)).Message, StringComparison.Ordinal);
        Assert.Equal('x', reader.GetChar(6));
        Assert.Throws<InvalidCastException>(() => reader.GetInt32(6));
        Assert.Throws<InvalidCastException>(() => reader.GetInt32(3));
        Assert.Throws<InvalidCastException>(() => reader.GetDecimal(4));
        Assert.Throws<InvalidCastException>(() => reader.GetInt32(7));
        Assert.Null(reader.GetFieldValue<int?>(7));
        Assert.Equal(200, reader.GetFieldValue<int?>(1));
        Assert.Equal(DBNull.Value, reader.GetFieldValue<object>(7));
        Assert.Equal(DBNull.Value, reader.GetValue(7));
    }

    [Fact]
    public void CannotRead_NamesColumnAndTypes()
    {
        using var command = new DuckDBCommand("SELECT [DATE '2020-01-01'] AS \"visit days\"", Connection);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        var message = Assert.Throws<InvalidCastException>(() => reader.GetFieldValue<int[]>(0)).Message;
        Assert.Contains("'visit days[]' is DATE", message, StringComparison.Ordinal);
        Assert.Contains("Int32", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infinities_OverflowTheClrTypesAndFitTheProvidersOwn()
    {
        using var command = new DuckDBCommand("SELECT 'infinity'::DATE, '-infinity'::TIMESTAMP, 'infinity'::TIMESTAMPTZ, 'infinity'::TIMESTAMP_S, TIME '24:00:00'", Connection);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Throws<OverflowException>(() => reader.GetFieldValue<DateOnly>(0));
        Assert.Throws<OverflowException>(() => reader.GetDateTime(1));
        Assert.Throws<OverflowException>(() => reader.GetFieldValue<DateTimeOffset>(2));
        Assert.Throws<OverflowException>(() => reader.GetDateTime(3));
        Assert.Throws<OverflowException>(() => reader.GetFieldValue<TimeOnly>(4));
        Assert.Equal(DuckDBDateOnly.PositiveInfinity, reader.GetFieldValue<DuckDBDateOnly>(0));
        Assert.Equal(DuckDBTimestamp.NegativeInfinity, reader.GetFieldValue<DuckDBTimestamp>(1));
        Assert.Equal(DuckDBTimestamp.PositiveInfinity, reader.GetFieldValue<DuckDBTimestamp>(2));
        Assert.Equal(DuckDBTimestamp.PositiveInfinity, reader.GetFieldValue<DuckDBTimestamp>(3));
        Assert.Equal(DuckDBTimeOnly.EndOfDay, reader.GetFieldValue<DuckDBTimeOnly>(4));
    }

    [Fact]
    public void TimestampTz_IsUtc()
    {
        using var command = new DuckDBCommand("SELECT TIMESTAMPTZ '2020-06-01 12:00:00+02', TIMESTAMP '2020-06-01 12:00:00'", Connection);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal(new DateTimeOffset(2020, 6, 1, 10, 0, 0, TimeSpan.Zero), reader.GetValue(0));
        Assert.Equal(DateTimeKind.Utc, reader.GetDateTime(0).Kind);
        Assert.Equal(new DateTime(2020, 6, 1, 10, 0, 0), reader.GetDateTime(0));
        Assert.Equal(DateTimeKind.Unspecified, reader.GetDateTime(1).Kind);
        Assert.Throws<InvalidCastException>(() => reader.GetFieldValue<DateTimeOffset>(1));
    }

    [Fact]
    public void Decimal_OfThirtyEightDigits_IsExactOrRefused()
    {
        using var command = new DuckDBCommand("SELECT 12345678901234567890123456789012345678::DECIMAL(38,0), 0.5::DECIMAL(38,30)", Connection);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Contains("DuckDBDecimal", Assert.Throws<OverflowException>(() => reader.GetDecimal(0)).Message, StringComparison.Ordinal);
        Assert.Equal("12345678901234567890123456789012345678", reader.GetFieldValue<DuckDBDecimal>(0).ToString());
        Assert.Equal(0.5m, reader.GetDecimal(1));
    }

    [Fact]
    public void Interval_WithMonths_HasNoTimeSpan()
    {
        using var command = new DuckDBCommand("SELECT INTERVAL '1 month 2 days', INTERVAL '2 days 3 hours'", Connection);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal(new DuckDBInterval(1, 2, 0), reader.GetValue(0));
        Assert.Throws<OverflowException>(() => reader.GetFieldValue<TimeSpan>(0));
        Assert.Equal(new TimeSpan(2, 3, 0, 0), reader.GetFieldValue<TimeSpan>(1));
    }

    [Fact]
    public void Nested_ComeAsCollections()
    {
        using var command = new DuckDBCommand(
            "SELECT [1, NULL, 3], {'a': 1, 'b': ['x', NULL]}, MAP {'k': 1.5}, union_value(n := 5), array_value(1, 2), [[1], NULL], NULL::INTEGER[]", Connection);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal([1, null, 3], Assert.IsType<List<int?>>(reader.GetValue(0)));
        Assert.Throws<InvalidCastException>(() => reader.GetFieldValue<List<int>>(0));
        Assert.Equal([1, null, 3], reader.GetFieldValue<IReadOnlyList<long?>>(0));
        var fields = Assert.IsType<Dictionary<string, object?>>(reader.GetValue(1));
        Assert.Equal(1, fields["a"]);
        Assert.Equal(["x", null], (List<string?>)fields["b"]!);
        Assert.Equal(1.5m, Assert.IsType<Dictionary<string, decimal?>>(reader.GetValue(2))["k"]);
        Assert.Equal(5, reader.GetValue(3));
        Assert.Equal([1, 2], reader.GetFieldValue<int[]>(4));
        Assert.Equal(2, reader.GetFieldValue<List<List<int>?>>(5).Count);
        Assert.True(reader.IsDBNull(6));
    }

    [Fact]
    public void Enum_ComesAsItsNameOrAClrEnumOfTheSameNames()
    {
        using var command = new DuckDBCommand("SELECT 'friday'::ENUM('monday', 'friday'), 'never'::ENUM('never')", Connection);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal("friday", reader.GetString(0));
        Assert.Equal(DayOfWeek.Friday, reader.GetFieldValue<DayOfWeek>(0));
        Assert.Throws<InvalidCastException>(() => reader.GetFieldValue<DayOfWeek>(1));
        Assert.Equal(["monday", "friday"], reader.GetLogicalType(0).EnumNames);
    }

    [Fact]
    public void Variant_IsRefusedWithWhatToDo()
    {
        using var command = new DuckDBCommand("SELECT 42::VARIANT AS odd, 42::VARIANT::VARCHAR AS fine", Connection);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Contains("'odd' is VARIANT", Assert.Throws<NotSupportedException>(() => reader.GetValue(0)).Message, StringComparison.Ordinal);
        Assert.Equal("42", reader.GetValue(1));
    }

    [Fact]
    public void Bytes_CanBeReadInParts()
    {
        using var command = new DuckDBCommand("SELECT 'hello world'::BLOB, 'grüße'", Connection);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal(11, reader.GetBytes(0, 0, null, 0, 0));
        var bytes = new byte[8];
        Assert.Equal(5, reader.GetBytes(0, 6, bytes, 1, 7));
        Assert.Equal("\0world\0\0"u8.ToArray(), bytes);
        Assert.Equal(0, reader.GetBytes(0, 11, bytes, 0, 8));
        using var stream = reader.GetStream(0);
        Assert.Equal(11, stream.Length);
        var chars = new char[3];
        Assert.Equal(3, reader.GetChars(1, 2, chars, 0, 3));
        Assert.Equal("üße", new string(chars));
        Assert.Equal("grüße", reader.GetTextReader(1).ReadToEnd());
    }

    [Fact]
    public void Names_AreFoundExactlyOrLetterCaseAside()
    {
        using var command = new DuckDBCommand("SELECT 1 AS \"Name\", 2 AS \"name\", 3 AS other", Connection);
        using var reader = command.ExecuteReader();
        Assert.Equal((0, 1, 2), (reader.GetOrdinal("Name"), reader.GetOrdinal("name"), reader.GetOrdinal("OTHER")));
        Assert.Contains("'other'", Assert.Throws<IndexOutOfRangeException>(() => reader.GetOrdinal("othr")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_SaysNamesTypesAndDigits()
    {
        using var command = new DuckDBCommand("SELECT 1.5::DECIMAL(9,2) AS price, 'x' AS text, [1] AS list", Connection);
        using var reader = command.ExecuteReader();
        var columns = reader.GetColumnSchema();
        Assert.Equal(["price", "text", "list"], columns.Select(column => column.ColumnName));
        Assert.Equal(["DECIMAL(9,2)", "VARCHAR", "INTEGER[]"], columns.Select(column => column.DataTypeName));
        Assert.Equal([typeof(decimal), typeof(string), typeof(List<int?>)], columns.Select(column => column.DataType));
        Assert.Equal((9, 2), (columns[0].NumericPrecision, columns[0].NumericScale));
        var table = reader.GetSchemaTable()!;
        Assert.Equal("price", table.Rows[0][SchemaTableColumn.ColumnName]);
        Assert.Equal(typeof(decimal), table.Rows[0][SchemaTableColumn.DataType]);
    }

    [Fact]
    public void DataTable_LoadsWhatIsRead()
    {
        using var command = new DuckDBCommand("SELECT i, CASE WHEN i % 2 = 0 THEN 'even' END AS t, i / 4::DECIMAL(9,2) AS d FROM range(5000) r(i)", Connection);
        using var reader = command.ExecuteReader();
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Load(reader);
        Assert.Equal(5000, table.Rows.Count);
        Assert.Equal([4L, "even"], table.Rows[4].ItemArray.Take(2));
        Assert.Equal(DBNull.Value, table.Rows[5]["t"]);
    }

    [Fact]
    public void Enumeration_GivesRecords()
    {
        using var command = new DuckDBCommand("SELECT i FROM range(3) t(i)", Connection);
        using var reader = command.ExecuteReader();
        Assert.Equal([0L, 1L, 2L], reader.Cast<IDataRecord>().Select(record => record.GetInt64(0)));
    }

    [Fact]
    public void Behaviours_AreKept()
    {
        using var command = new DuckDBCommand("SELECT i AS a FROM range(9) t(i); SELECT 'never'", Connection);
        using (var schema = command.ExecuteReader(CommandBehavior.SchemaOnly))
        {
            Assert.Equal(("a", typeof(long)), (schema.GetName(0), schema.GetFieldType(0)));
            Assert.False(schema.Read());
        }

        using (var single = command.ExecuteReader(CommandBehavior.SingleRow))
        {
            Assert.True(single.Read());
            Assert.Equal(0L, single.GetInt64(0));
            Assert.False(single.Read());
        }

        using (var result = command.ExecuteReader(CommandBehavior.SingleResult))
        {
            Assert.False(result.NextResult());
        }

        using (command.ExecuteReader(CommandBehavior.CloseConnection))
        {
            Assert.Equal(ConnectionState.Open, Connection.State);
        }

        Assert.Equal(ConnectionState.Closed, Connection.State);
    }

    [Fact]
    public void Close_OfInsertReturning_CountsTheRowsThatWereNotRead()
    {
        Connection.Execute("CREATE TABLE t (i BIGINT)");
        using var command = new DuckDBCommand("INSERT INTO t FROM range(5000) RETURNING i", Connection);
        var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        reader.Close();
        Assert.Equal(5000, reader.RecordsAffected);
        Assert.Equal(5000L, Connection.Scalar("SELECT count(*) FROM t"));
    }
}
