namespace Warehouse.DuckDb.Tests.Commands;

public sealed class CancellationTests : IDisposable
{
    /// <summary>Would run for hours.</summary>
    private const string Endless = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range = -1";

    private readonly DuckDBDataSource _source = new("Data Source=:memory:");

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task Token_WhileRunning_EndsTheQueryAndNamesTheToken()
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new DuckDBCommand(Endless, connection);
        using var cancellation = new CancellationTokenSource();
        var running = command.ExecuteScalarAsync(cancellation.Token);
        await Task.Delay(200);
        Assert.False(running.IsCompleted);
        await cancellation.CancelAsync();
        var fault = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(cancellation.Token, fault.CancellationToken);
        Assert.Equal(1, await new DuckDBCommand("SELECT 1", connection).ExecuteScalarAsync());
    }
}
