using System.Data;

namespace Warehouse.DuckDb.Tests.Commands;

public sealed class ParameterTests : Database
{
    [Theory]
    [InlineData("SELECT ? - ?", 3)]
    [InlineData("SELECT $1 - $2", 3)]
    [InlineData("SELECT $2 - $1", -3)]
    [InlineData("SELECT $1 - $2 + $1 - $1", 3)]
    public void Positional_GoInTheirOrder(string sql, int expected) => Assert.Equal(expected, Connection.Scalar(sql, 5, 2));

    [Theory]
    [InlineData("a", "b")]
    [InlineData("$a", "$b")]
    [InlineData("@A", ":B")]
    public void Named_AreFoundByTheirNames(string first, string second) =>
        Assert.Equal(3, Connection.Scalar("SELECT $a - $b", new DuckDBParameter(second, 2), new DuckDBParameter(first, 5)));

    [Fact]
    public void Value_IsBoundByItsOwnType_NotByItsColumns()
    {
        Connection.Execute("CREATE TABLE t AS SELECT 9007199254740993 AS i");
        Assert.Equal(1L, Connection.Scalar("SELECT count(*) FROM t WHERE i = ?", 9007199254740993L));
        Assert.Equal(0L, Connection.Scalar("SELECT count(*) FROM t WHERE i = ?", 9007199254740992L));
        Assert.Equal("INTEGER", Connection.Scalar("SELECT typeof(?)", 1));
        Assert.Equal("DECIMAL(3,2)", Connection.Scalar("SELECT typeof(?)", 1.50m));
    }

    [Theory]
    [InlineData("1; DROP TABLE t; --")]
    [InlineData("' OR '1'='1")]
    public void Text_IsNeverSql(string value)
    {
        Connection.Execute("CREATE TABLE t (s VARCHAR)");
        Connection.Execute("INSERT INTO t VALUES (?)", value);
        Assert.Equal(value, Connection.Scalar("SELECT s FROM t WHERE s = $s", new DuckDBParameter("s", value)));
    }

    [Fact]
    public void NullAndDBNull_AreNull()
    {
        Assert.Equal(DBNull.Value, Connection.Scalar("SELECT ?", (object?)null));
        Assert.Equal(DBNull.Value, Connection.Scalar("SELECT $x", new DuckDBParameter("x", DBNull.Value)));
        Assert.Equal(7, Connection.Scalar("SELECT coalesce(?, 7)", (object?)null));
    }

    [Fact]
    public void Missing_IsAnErrorThatNamesWhatIsExpectedAndNear()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Connection.Scalar("SELECT $region, $since", new DuckDBParameter("since", 1), new DuckDBParameter("regoin", 2)));
        Assert.Contains("$region", fault.Message, StringComparison.Ordinal);
        Assert.Contains("$region, $since", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'regoin'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Surplus_IsAnErrorBeforeAnythingRuns()
    {
        Connection.Execute("CREATE TABLE t (i INTEGER)");
        Assert.Throws<InvalidOperationException>(() => Connection.Execute("INSERT INTO t VALUES ($i)", new DuckDBParameter("i", 1), new DuckDBParameter("j", 2)));
        Assert.Throws<InvalidOperationException>(() => Connection.Execute("INSERT INTO t VALUES (?)", 1, 2));
        Assert.Throws<InvalidOperationException>(() => Connection.Execute("INSERT INTO t VALUES (1)", 1));
        Assert.Equal(0L, Connection.Scalar("SELECT count(*) FROM t"));
    }

    [Fact]
    public void NamedAndPositional_DoNotMix() => Assert.Throws<InvalidOperationException>(() => Connection.Scalar("SELECT $1 + $2", 1, new DuckDBParameter("x", 2)));

    [Fact]
    public void NameGivenTwice_IsAnError() =>
        Assert.Throws<InvalidOperationException>(() => Connection.Scalar("SELECT $x", new DuckDBParameter("x", 1), new DuckDBParameter("$X", 2)));

    [Fact]
    public void SeveralStatements_EachTakeTheValuesThatTheyName()
    {
        Connection.Execute(
            "CREATE TABLE t (i INTEGER, s VARCHAR); INSERT INTO t VALUES ($i, $s); INSERT INTO t VALUES ($i + 1, 'second')",
            new DuckDBParameter("i", 1), new DuckDBParameter("s", "first"));
        Assert.Equal("1first2second", Connection.Scalar("SELECT string_agg(i || s, '' ORDER BY i) FROM t"));
    }

    [Fact]
    public void DbType_ThatTheValueDoesNotHave_IsAnError()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Connection.Scalar("SELECT $x", new DuckDBParameter("x", 1) { DbType = DbType.String }));
        Assert.Contains("Int32", fault.Message, StringComparison.Ordinal);
        Assert.Equal("a", Connection.Scalar("SELECT $x", new DuckDBParameter("x", "a") { DbType = DbType.AnsiString }));
    }

    [Fact]
    public void DbType_IsThatOfTheValue()
    {
        var parameter = new DuckDBParameter(new DateOnly(2020, 1, 1));
        Assert.Equal(DbType.Date, parameter.DbType);
        parameter.Value = 1.5m;
        Assert.Equal(DbType.Decimal, parameter.DbType);
    }

    [Fact]
    public void OtherDirections_AreRefused() => Assert.Throws<NotSupportedException>(() => new DuckDBParameter { Direction = ParameterDirection.Output });

    [Fact]
    public void LoneSurrogate_IsRefusedNotReplaced() => Assert.ThrowsAny<ArgumentException>(() => Connection.Scalar("SELECT ?", "a\uD800b"));

    [Fact]
    public void ListOfSeveralTypes_IsRefused() => Assert.Throws<ArgumentException>(() => Connection.Scalar("SELECT ?", new List<object> { 1, "a" }));

    [Fact]
    public void ListOfDecimals_TakesTheDecimalThatHoldsThemAll() =>
        Assert.Equal("DECIMAL(7,3)[]", Connection.Scalar("SELECT typeof(?)", new List<decimal> { 1234.5m, 0.125m }));

    [Fact]
    public void Collection_BehavesAsAdoNetHasIt()
    {
        using var command = new DuckDBCommand("SELECT 1", Connection);
        var first = command.Parameters.AddWithValue("$first", 1);
        command.Parameters.Add(new DuckDBParameter("second", 2));
        Assert.Equal(1, command.Parameters.IndexOf("SECOND"));
        Assert.Same(first, command.Parameters["first"]);
        Assert.True(command.Parameters.Contains(first));
        command.Parameters.RemoveAt("second");
        Assert.Throws<ArgumentException>(() => command.Parameters["second"]);
        command.Parameters.AddRange(new[] { new DuckDBParameter("third", 3), new DuckDBParameter("fourth", 4) });
        Assert.Equal(3, command.Parameters.Count);
        command.Parameters.Insert(0, new DuckDBParameter("zeroth", 0));
        Assert.Equal(["zeroth", "$first", "third", "fourth"], command.Parameters.Select(parameter => parameter.ParameterName));
        Assert.Throws<ArgumentException>(() => command.Parameters.Insert(0, 5));
    }
}
