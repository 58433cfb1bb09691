using System.Diagnostics;
using System.Runtime.CompilerServices;
using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb.Tests.Connections;

/// <summary>Alone in its collection, since it counts what the process holds.</summary>
[CollectionDefinition(nameof(LeakTests), DisableParallelization = true)]
[Collection(nameof(LeakTests))]
public sealed class LeakTests
{
    private static readonly int Rounds = string.Equals(Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS"), "1", StringComparison.Ordinal) ? 50_000 : 500;

    [Fact]
    public void Handles_AllComeBack()
    {
        DisposeTests.Collect();
        var before = NativeHandle.OpenCount;
        for (var round = 0; round < 20; round++)
        {
            using var source = NewSource();
            UseEverything(source, dispose: true);
        }

        Assert.Equal(before, NativeHandle.OpenCount);
        Forget(20);
        DisposeTests.Collect();
        Assert.Equal(before, NativeHandle.OpenCount);
    }

    [Fact]
    public void Memory_StaysLevelOverThousandsOfRounds()
    {
        Repeat(Rounds / 3);
        DisposeTests.Collect();
        var before = ResidentBytes();
        Repeat(Rounds);

        DisposeTests.Collect();
        var grown = ResidentBytes() - before;
        Assert.True(grown < 64L << 20, $"grew by {grown >> 20} MiB over {Rounds} rounds");
    }

    private static long ResidentBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    /// <summary>A method of its own, so that no variable of the test holds on to the last of them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            UseEverything(NewSource(), dispose: false);
        }
    }

    private static DuckDBDataSource NewSource() => new("Data Source=:memory:;threads=1");

    private static void Repeat(int rounds)
    {
        for (var opened = 0; opened < rounds / 50; opened++)
        {
            using var source = NewSource();
            for (var round = 0; round < 50; round++)
            {
                UseEverything(source, dispose: true);
            }
        }
    }

    private static void UseEverything(DuckDBDataSource source, bool dispose)
    {
        var disposables = new Stack<IDisposable>();
        T Use<T>(T disposable)
            where T : IDisposable
        {
            disposables.Push(disposable);
            return disposable;
        }

        var connection = Use(source.OpenConnection());
        Use(connection.Command("CREATE OR REPLACE TABLE t (i INTEGER, s VARCHAR, l INTEGER[])")).ExecuteNonQuery();
        var appender = Use(connection.CreateAppender("t"));
        appender.CreateRow().AppendValue(1).AppendValue("a text of more than twelve bytes").AppendValue(new[] { 1, 2, 3 }).EndRow();
        appender.Flush();
        var select = Use(connection.Command(
            "SELECT $1, $2, $3, t, 'b'::ENUM('a', 'b') FROM t",
            "text", new List<string?> { "x", null }, new Dictionary<string, object?>(StringComparer.Ordinal) { ["a"] = 1.5m }));
        using (var reader = select.ExecuteReader())
        {
            Assert.True(reader.Read());
            reader.GetValues(new object[5]);
        }

        Assert.Throws<DuckDBException>(() => Use(connection.Command("SELECT nope")).ExecuteScalar());
        Assert.Throws<DuckDBException>(() => Use(connection.Command("SELECT 'x'::INTEGER")).ExecuteScalar());
        Assert.Throws<DuckDBException>(() => connection.CreateAppender("nope"));
        Use(connection.Command("SELECT 1; SELECT 2")).ExecuteScalar();
        var transaction = Use(connection.BeginTransaction());
        var chunks = Use(Use(connection.Command("FROM range(10000)")).ExecuteChunkReader());
        Assert.True(chunks.Read());
        if (dispose)
        {
            while (disposables.TryPop(out var disposable))
            {
                disposable.Dispose();
            }
        }
    }
}
