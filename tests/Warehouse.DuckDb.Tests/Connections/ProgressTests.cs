namespace Warehouse.DuckDb.Tests.Connections;

public sealed class ProgressTests
{
    [Fact]
    public async Task Progress_OfARunningStatement_GrowsAndIsAFraction()
    {
        await using var source = new DuckDBDataSource("Data Source=:memory:;threads=1;enable_progress_bar=true;enable_progress_bar_print=false;progress_bar_time=0");
        await using var connection = await source.OpenConnectionAsync();
        connection.Execute("CREATE TABLE t AS SELECT i, i::VARCHAR AS s FROM range(3000000) r(i)");
        using var cancellation = new CancellationTokenSource();
        await using var command = new DuckDBCommand("SELECT max(md5(repeat(s, 200))) FROM t", connection);
        var running = command.ExecuteScalarAsync(cancellation.Token);
        var seen = new List<DuckDBQueryProgress>();
        while (!running.IsCompleted && seen.Where(progress => progress.Fraction > 0).Distinct().Count() < 2)
        {
            await Task.Delay(20);
            seen.Add(connection.GetQueryProgress());
        }

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        var fractions = seen.Where(progress => progress.Fraction > 0).Select(progress => progress.Fraction!.Value).ToList();
        Assert.Equal(2, fractions.Distinct().Count());
        Assert.Equal(fractions.Order(), fractions);
        Assert.All(fractions, fraction => Assert.InRange(fraction, 0, 1));
        Assert.True(seen[^1].TotalRows > 0);
    }

    [Fact]
    public void Progress_WhenNothingRuns_IsUnknown()
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        Assert.Null(connection.GetQueryProgress().Fraction);
    }
}
