using FsCheck;
using FsCheck.Fluent;
using Warehouse.DuckDb.Tests.Types;

namespace Warehouse.DuckDb.Tests.Commands;

/// <summary>The one place that quotes, attacked.</summary>
public sealed class QuoteIdentifierTests : Database
{
    [Fact]
    public void AnyText_IsTheNameOfItsColumn() => Prop.ForAll(
        Arb.From(Values.Texts.Where(text => text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal))),
        name =>
        {
            using var builder = new DuckDBCommandBuilder();
            var quoted = builder.QuoteIdentifier(name);
            Assert.Equal(name, builder.UnquoteIdentifier(quoted));
            using var command = new DuckDBCommand($"SELECT {quoted} FROM (SELECT 42 AS {quoted})", Connection);
            using var reader = command.ExecuteReader();
            Assert.Equal(1, reader.FieldCount);
            Assert.Equal(name, reader.GetName(0));
            Assert.True(reader.Read());
            Assert.Equal(42, reader.GetInt32(0));
            Assert.False(reader.NextResult());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20_110_610, 7));

    [Theory]
    [InlineData("select")]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("\"")]
    [InlineData("\"\"")]
    [InlineData("\"; DROP TABLE victim; --")]
    [InlineData("x\" FROM victim; DELETE FROM victim; SELECT \"x")]
    [InlineData("$$")]
    [InlineData("/* comment")]
    [InlineData("-- comment")]
    [InlineData("a.b")]
    [InlineData("line\nbreak")]
    [InlineData("\\")]
    [InlineData("'quoted'")]
    public void Attack_StaysAName(string name)
    {
        Connection.Execute("CREATE TABLE victim AS SELECT 1 AS i");
        var quoted = new DuckDBCommandBuilder().QuoteIdentifier(name);
        Connection.Execute($"CREATE SCHEMA {quoted}; CREATE TABLE {quoted}.{quoted} ({quoted} INTEGER); INSERT INTO {quoted}.{quoted} ({quoted}) VALUES (42)");
        Assert.Equal(42, Connection.Scalar($"SELECT t.{quoted} FROM {quoted}.{quoted} AS t"));
        Assert.Equal(name, Connection.Scalar("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'victim'"));
        Assert.Equal(1L, Connection.Scalar("SELECT count(*) FROM victim"));
        using var appender = Connection.CreateAppender(name, name);
        appender.CreateRow().AppendValue(43).EndRow();
        appender.Close();
    }

    [Fact]
    public void WhatNoNameCanBe_IsRefused() => Assert.All(
        ["", "a\0b", "a\uDC00", "\uD800b"],
        name => Assert.ThrowsAny<ArgumentException>(() => new DuckDBCommandBuilder().QuoteIdentifier(name)));

    [Theory]
    [InlineData("\"a", "not closed")]
    [InlineData("a\"", "not opened")]
    [InlineData("\"a\"b\"", "not doubled")]
    [InlineData("\"\"", "empty")]
    [InlineData("\"a\"\"\"b\"", "odd")]
    public void Unquote_OfWhatIsNotQuoted_IsRefused(string text, string why) =>
        Assert.True(Record.Exception(() => new DuckDBCommandBuilder().UnquoteIdentifier(text)) is ArgumentException, why);

    [Fact]
    public void Unquote_OfABareName_IsTheName() => Assert.Equal("a b", new DuckDBCommandBuilder().UnquoteIdentifier("a b"));

    [Fact]
    public void OtherQuotes_AreRefused() => Assert.Throws<ArgumentException>(() => new DuckDBCommandBuilder { QuotePrefix = "[" });
}
