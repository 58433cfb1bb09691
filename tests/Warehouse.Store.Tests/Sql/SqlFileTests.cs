namespace Warehouse.Store.Tests.Sql;

public sealed class SqlFileTests
{
    [Fact]
    public void EnginesOwnSibling_ComesBeforeTheCommonFile() => Assert.Contains("duckdb's own", SqlFile.Read(typeof(SqlFileTests), "Sql/sibling.sql"));

    [Fact]
    public void FileWithoutASibling_IsTheCommonOne() => Assert.Contains("common", SqlFile.Read(typeof(SqlFileTests), "Sql/alone.sql"));

    [Fact]
    public void FileThatIsNotThere_IsNamedWithThoseThatAre()
    {
        var fault = Assert.Throws<ArgumentException>(() => SqlFile.Read(typeof(SqlFileTests), "Sql/aloen.sql"));
        Assert.Contains("Sql/aloen.sql", fault.Message);
        Assert.Contains("Sql/alone.sql", fault.Message);
    }

    [Fact]
    public void Below_IsInOrdinalOrderAndWithinTheFolder()
    {
        Assert.Equal(["Sql/alone.sql", "Sql/sibling.duckdb.sql", "Sql/sibling.sql"], SqlFile.Below(typeof(SqlFileTests), "Sql"));
        Assert.Empty(SqlFile.Below(typeof(SqlFileTests), "Sq"));
    }
}
