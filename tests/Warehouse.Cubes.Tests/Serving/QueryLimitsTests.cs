using System.Data.Common;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Serving;

namespace Warehouse.Cubes.Tests.Serving;

public class QueryLimitsTests
{
    [Fact]
    public async Task Queries_BeyondTheLimit_WaitTheirTurn_AndBeyondTheQueueAreRefused()
    {
        var admission = new Admission(new QueryLimits { MostAtOnce = 1, MostWaiting = 1 }, TimeProvider.System);
        var first = new TaskCompletionSource<int>();
        var running = admission.RunAsync(_ => first.Task, CancellationToken.None);
        var waiting = admission.RunAsync(_ => Task.FromResult(2), CancellationToken.None);

        var fault = await Assert.ThrowsAsync<QueryRefusedException>(() => admission.RunAsync(_ => Task.FromResult(3), CancellationToken.None));

        Assert.Equal(QueryRefusal.TooManyWaiting, fault.Reason);
        Assert.False(waiting.IsCompleted);
        first.SetResult(1);
        Assert.Equal(1, await running);
        Assert.Equal(2, await waiting);
        Assert.Equal(4, await admission.RunAsync(_ => Task.FromResult(4), CancellationToken.None));
    }

    [Fact]
    public async Task OneWhoWaits_CanGiveUp()
    {
        var admission = new Admission(new QueryLimits { MostAtOnce = 1, MostWaiting = 1 }, TimeProvider.System);
        var first = new TaskCompletionSource<int>();
        using var stop = new CancellationTokenSource();
        var running = admission.RunAsync(_ => first.Task, CancellationToken.None);
        var waiting = admission.RunAsync(_ => Task.FromResult(2), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.SetResult(1);
        Assert.Equal(1, await running);
        Assert.Equal(3, await admission.RunAsync(_ => Task.FromResult(3), CancellationToken.None));
    }

    [Fact]
    public async Task AQueryThatRunsTooLong_IsStoppedInTheEngine()
    {
        await using var test = await CubeTest.Create(
            "CREATE TABLE many AS SELECT range AS a FROM range(3000); CREATE VIEW endless AS SELECT x.a, y.a AS b, z.a AS c, w.a AS d FROM many x, many y, many z, many w;",
            new CubeEngineOptions { Limits = new QueryLimits { LongestRun = TimeSpan.FromMilliseconds(200) } },
            "cube: c\ntable: endless\nmeasures: { s: { sum: a * b - c + d } }\n");

        var fault = await Assert.ThrowsAsync<QueryRefusedException>(() => test.Ask(new QueryTexts { Cube = "c", Measures = "s" }));

        Assert.Equal(QueryRefusal.TooLong, fault.Reason);
    }

    [Fact]
    public async Task AQueryThatHoldsTooMuchMemory_IsStopped_AndTheEngineAnswersOn()
    {
        await using var test = await CubeTest.Create(
            "CREATE VIEW many AS SELECT hash(range) AS a, hash(range + 1) AS b FROM range(20000000)",
            new CubeEngineOptions { HeldBytes = HeldBytes, Limits = new QueryLimits { MostBytes = 50_000_000 } },
            "cube: c\ntable: many\ndimensions: { r: { attributes: [a] } }\nmeasures: { n: { count_distinct: b }, rows: { count: rows } }\n");

        var fault = await Assert.ThrowsAsync<QueryRefusedException>(() => test.Ask(new QueryTexts { Cube = "c", Measures = "n", By = "r.a", Limit = 3 }));

        Assert.Equal(QueryRefusal.TooMuchMemory, fault.Reason);
        Assert.Contains("50,000,000 bytes", fault.Message);
        Assert.Equal(20_000_000L, (await test.Ask(new QueryTexts { Cube = "c", Measures = "rows" })).Rows[0].Values[0]);
    }

    [Fact]
    public async Task WhereTheEngineIsOutOfMemory_ThatIsARefusalToo()
    {
        await using var test = await CubeTest.Create(
            "SET memory_limit = '60MB'; SET max_temp_directory_size = '1MB'; CREATE VIEW many AS SELECT hash(range) AS a, hash(range + 1) AS b FROM range(20000000)",
            "cube: c\ntable: many\ndimensions: { r: { attributes: [a] } }\nmeasures: { n: { count_distinct: b } }\n");

        var fault = await Assert.ThrowsAsync<QueryRefusedException>(() => test.Ask(new QueryTexts { Cube = "c", Measures = "n", By = "r.a", Limit = 3 }));

        Assert.Equal(QueryRefusal.TooMuchMemory, fault.Reason);
    }

    [Theory]
    [InlineData("s * s * s")]
    [InlineData("s * 99999999999999999999999999")]
    public async Task WhatCannotBeComputed_IsAFaultOfTheQuestion(string measure)
    {
        await using var test = await CubeTest.Create(
            "CREATE TABLE f AS SELECT CAST(99999999999999999.9 AS DECIMAL(20,1)) AS a",
            "cube: c\ntable: f\nmeasures: { s: { sum: a } }\n");

        var fault = await Assert.ThrowsAsync<Definitions.UserFaultException>(() => test.Ask(new QueryTexts { Cube = "c", Measures = $"{measure} as x" }));

        Assert.StartsWith("This cannot be computed", fault.Message);
    }

    [Fact]
    public async Task AnAnswerWithTooManyRows_IsRefused()
    {
        await using var test = await CubeTest.Create(
            "CREATE TABLE f AS SELECT range AS a FROM range(100)",
            new CubeEngineOptions { Limits = new QueryLimits { MostRows = 99 } },
            "cube: c\ntable: f\ndimensions: { r: { attributes: [a] } }\nmeasures: { n: { count: rows } }\n");

        var fault = await Assert.ThrowsAsync<QueryRefusedException>(() => test.Ask(new QueryTexts { Cube = "c", Measures = "n", By = "r.a" }));

        Assert.Equal(QueryRefusal.TooManyRows, fault.Reason);
        Assert.Equal(99, (await test.Ask(new QueryTexts { Cube = "c", Measures = "n", By = "r.a", Limit = 99 })).Rows.Count);
    }

    private static async Task<long> HeldBytes(DbConnection connection, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT CAST(sum(memory_usage_bytes) AS BIGINT) FROM duckdb_memory() WHERE tag IN ('HASH_TABLE', 'ORDER_BY', 'COLUMN_DATA', 'WINDOW', 'ALLOCATOR')";
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }
}
