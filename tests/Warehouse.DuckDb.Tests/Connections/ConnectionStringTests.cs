namespace Warehouse.DuckDb.Tests.Connections;

public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("Data Source=x.duckdb")]
    [InlineData("data source=x.duckdb")]
    [InlineData("DataSource=x.duckdb")]
    [InlineData("data_source = 'x.duckdb' ; threads=3")]
    public void DataSource_HasItsUsualSpellings(string text) => Assert.Equal("x.duckdb", new DuckDBConnectionStringBuilder(text).DataSource);

    [Fact]
    public void Builder_WritesWhatItReads()
    {
        var builder = new DuckDBConnectionStringBuilder { DataSource = "a;b'c.duckdb", AccessMode = "read_only" };
        builder["memory_limit"] = "1GB";
        var read = new DuckDBConnectionStringBuilder(builder.ConnectionString);
        Assert.Equal("a;b'c.duckdb", read.DataSource);
        Assert.Equal("read_only", read["access_mode"]);
        Assert.Equal("1GB", read["Memory_Limit"]);
        Assert.True(read.Remove("AccessMode"));
        Assert.Equal("", read.AccessMode);
    }

    [Theory]
    [InlineData("memry_limit=1GB", "memory_limit")]
    [InlineData("Data Sorce=x", "Data Source")]
    public void UnknownKey_IsRefusedWithNearNames(string part, string near)
    {
        var fault = Assert.Throws<ArgumentException>(() => new DuckDBDataSource($"Data Source=:memory:;{part}"));
        Assert.Contains($"'{near}'", fault.Message, StringComparison.Ordinal);
        using var connection = new DuckDBConnection($"Data Source=:memory:;{part}");
        Assert.Throws<ArgumentException>(connection.Open);
    }

    [Theory]
    [InlineData("threads=many", "'many'")]
    [InlineData("memory_limit=lots", "'lots'")]
    [InlineData("Access Mode=append", "'append'")]
    [InlineData("autoload_known_extensions=true", "always sets it to false")]
    public void ImpossibleValue_IsRefused(string part, string said)
    {
        using var connection = new DuckDBConnection($"Data Source=:memory:;{part}");
        Assert.Contains(said, Assert.Throws<ArgumentException>(connection.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingDataSource_IsRefused() => Assert.Contains("Data Source", Assert.Throws<ArgumentException>(() => new DuckDBDataSource("threads=1")).Message, StringComparison.Ordinal);

    [Fact]
    public void Settings_ReachTheEngine()
    {
        using var connection = new DuckDBConnection("Data Source=:memory:;threads=1;memory_limit=100MiB;ieee_floating_point_ops=false");
        connection.Open();
        Assert.Equal("1|100.0 MiB|false|false", connection.Scalar(
            "SELECT concat_ws('|', current_setting('threads'), current_setting('memory_limit'), current_setting('autoload_known_extensions'), current_setting('ieee_floating_point_ops'))"));
    }

    [Fact]
    public void ConnectionString_OfAnOpenConnection_CannotChange()
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        Assert.Throws<InvalidOperationException>(() => connection.ConnectionString = "Data Source=x");
        Assert.Throws<InvalidOperationException>(connection.Open);
    }
}
