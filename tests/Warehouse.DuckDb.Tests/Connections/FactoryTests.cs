using System.Data.Common;

namespace Warehouse.DuckDb.Tests.Connections;

/// <summary>What code that knows ADO.NET alone can do.</summary>
public sealed class FactoryTests
{
    [Fact]
    public void Connection_LeadsToItsFactory()
    {
        using DbConnection connection = new DuckDBConnection("Data Source=:memory:");
        Assert.Same(DuckDBClientFactory.Instance, DbProviderFactories.GetFactory(connection));
    }

    [Fact]
    public void Factory_MakesEverythingThatAQueryNeeds()
    {
        DbProviderFactory factory = DuckDBClientFactory.Instance;
        var text = factory.CreateConnectionStringBuilder()!;
        text["Data Source"] = ":memory:";
        using var source = factory.CreateDataSource(text.ConnectionString);
        using var connection = source.OpenConnection();
        using var command = factory.CreateCommand()!;
        command.Connection = connection;
        using var builder = factory.CreateCommandBuilder()!;
        command.CommandText = $"SELECT $value AS {builder.QuoteIdentifier("a\"b")}";
        var parameter = factory.CreateParameter()!;
        parameter.ParameterName = "value";
        parameter.Value = 42;
        command.Parameters.Add(parameter);
        using var reader = command.ExecuteReader();
        Assert.Equal("a\"b", reader.GetName(0));
        Assert.True(reader.Read());
        Assert.Equal(42, reader.GetInt32(0));
    }

    [Fact]
    public async Task DataSource_MakesCommandsOfItsOwn()
    {
        await using DbDataSource source = new DuckDBDataSource("Data Source=:memory:");
        await using var command = source.CreateCommand("SELECT 42");
        Assert.Equal(42, await command.ExecuteScalarAsync());
        Assert.Equal(42, await command.ExecuteScalarAsync());
    }

    [Fact]
    public void Factory_CanBeRegisteredByName()
    {
        DbProviderFactories.RegisterFactory("Warehouse.DuckDb", DuckDBClientFactory.Instance);
        Assert.Same(DuckDBClientFactory.Instance, DbProviderFactories.GetFactory("Warehouse.DuckDb"));
    }
}
