using System.Globalization;
using System.Text;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.DuckDb;

namespace Warehouse.Cubes.Tests;

/// <summary>A fresh database in memory, a model, and asserts that print the SQL and the rows.</summary>
public sealed class CubeTest : IAsyncDisposable
{
    private readonly DuckDBDataSource _database = new("Data Source=:memory:");

    private CubeTest(CubeModel model, CubeEngineOptions? options) => Engine = new CubeEngine(_database, model, options);

    public CubeEngine Engine { get; }

    public DuckDBDataSource Database => _database;

    /// <summary>A database made by SQL, and a model of one text per file.</summary>
    public static async Task<CubeTest> Create(string sql, params string[] files) => await Create(sql, null, files);

    public static async Task<CubeTest> Create(string sql, CubeEngineOptions? options, params string[] files)
    {
        var model = CubeModel.Parse(files.Select((text, index) => ($"cubes/{index}.yaml", text)));
        var test = new CubeTest(model, options);
        await test.Execute(sql);
        return test;
    }

    public async Task Execute(string sql)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<CubeResult> Ask(QueryTexts query) => await Engine.QueryAsync(query.Parse());

    /// <summary>Asserts the rows of an answer, each as its values between bars; a total's members are written as *.</summary>
    public async Task Answers(QueryTexts query, params string[] rows)
    {
        var parsed = query.Parse();
        var explanation = await Engine.ExplainAsync(parsed);
        string[] actual;
        try
        {
            actual = Lines(await Engine.QueryAsync(parsed));
        }
        catch (DuckDBException fault)
        {
            Assert.Fail($"{fault.Message}\n\n{Show(explanation)}");
            throw;
        }

        if (!rows.SequenceEqual(actual))
        {
            Assert.Fail($"Expected:\n  {string.Join("\n  ", rows)}\nActual:\n  {string.Join("\n  ", actual)}\n\n{Show(explanation)}");
        }
    }

    /// <summary>Rows of a statement by hand, in the same form.</summary>
    public async Task<string[]> Rows(string sql)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(index => Text(reader.IsDBNull(index) ? null : reader.GetValue(index)))));
        }

        return [.. rows];
    }

    public static string[] Lines(CubeResult result) =>
        [.. result.Rows.Select(row => string.Join(" | ", row.Values.Select((value, index) => (row.Total & (1 << index)) != 0 && result.Columns[index].IsMember ? "*" : Text(value))))];

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static string Show(CubeExplanation explanation)
    {
        var text = new StringBuilder(explanation.Sql);
        for (var index = 0; index < explanation.Parameters.Count; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n${index + 1} = {Text(explanation.Parameters[index])} ({explanation.Parameters[index].GetType().Name})");
        }

        return text.ToString();
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal number => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        double number => Math.Round(number, 6).ToString(CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
