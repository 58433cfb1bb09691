using Warehouse.Testing;

namespace Warehouse.Store.Tests.Generations;

/// <summary>A generation is seen whole, or nothing of it is.</summary>
public sealed class PublicationTests
{
    private const string Insert = "INSERT INTO star.dim_channel (channel_key, channel, generation) VALUES ($key, 'c' || $key, $generation)";

    [Fact]
    public async Task Publication_IsSeenAtOnceWithItsRecord()
    {
        var time = new FixedTime(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var warehouse = await FreshWarehouse.CreateAsync(time);
        var generation = await warehouse.Database.PublishAsync(
            "test",
            async (publication, stop) =>
            {
                await AddAsync(publication, 0, stop);
                Assert.Equal(1, publication.Number);
                Assert.Equal(time.GetUtcNow(), publication.StartedAt);
                time.Advance(TimeSpan.FromSeconds(5));
                return true;
            },
            CancellationToken.None);
        Assert.Equal(new Generation(1, time.GetUtcNow() - TimeSpan.FromSeconds(5), time.GetUtcNow(), "test"), generation);
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        Assert.Equal(generation, await Generation.CurrentAsync(connection, CancellationToken.None));
        Assert.Equal(["c0 | 1"], await ChannelsAsync(warehouse));
    }

    [Fact]
    public async Task Readers_KeepTheOldGenerationUntilTheNewOneIsPublished()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await using var reader = await warehouse.Database.ConnectAsync(CancellationToken.None);
        await warehouse.Database.PublishAsync(
            "test",
            async (publication, stop) =>
            {
                await AddAsync(publication, 0, stop);
                Assert.Equal(0, (await Generation.CurrentAsync(reader, stop)).Number);
                Assert.Empty(await ChannelsAsync(warehouse));
                return true;
            },
            CancellationToken.None);
        Assert.Equal(1, (await Generation.CurrentAsync(reader, CancellationToken.None)).Number);
    }

    [Fact]
    public async Task ReaderInATransaction_KeepsItsGenerationBeyondThePublication()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await using var reader = await warehouse.Database.ConnectAsync(CancellationToken.None);
        await using (await reader.BeginTransactionAsync())
        {
            Assert.Equal(0, (await Generation.CurrentAsync(reader, CancellationToken.None)).Number);
            await PublishAsync(warehouse, 0);
            Assert.Equal(0, (await Generation.CurrentAsync(reader, CancellationToken.None)).Number);
            Assert.Equal(0, await reader.ScalarAsync<long>("SELECT count(*) FROM star.dim_channel WHERE channel_key >= 0", CancellationToken.None));
        }

        Assert.Equal(1, (await Generation.CurrentAsync(reader, CancellationToken.None)).Number);
    }

    [Fact]
    public async Task Exception_LeavesNothing()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => warehouse.Database.PublishAsync(
            "test",
            async (publication, stop) =>
            {
                await AddAsync(publication, 0, stop);
                throw new InvalidTimeZoneException("in the middle");
            },
            CancellationToken.None));
        await AssertEmptyAndUsableAsync(warehouse);
    }

    [Fact]
    public async Task NothingToPublish_LeavesNothing()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        Assert.Null(await warehouse.Database.PublishAsync(
            "test",
            async (publication, stop) =>
            {
                await AddAsync(publication, 0, stop);
                return false;
            },
            CancellationToken.None));
        await AssertEmptyAndUsableAsync(warehouse);
    }

    [Fact]
    public async Task Cancellation_LeavesNothing()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => warehouse.Database.PublishAsync(
            "test",
            async (publication, stop) =>
            {
                await AddAsync(publication, 0, stop);
                await source.CancelAsync();
                await AddAsync(publication, 1, stop);
                return true;
            },
            source.Token));
        await AssertEmptyAndUsableAsync(warehouse);
    }

    [Fact]
    public async Task CancellationBehindTheBuildersBack_LeavesNothing()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => warehouse.Database.PublishAsync(
            "test",
            async (publication, _) =>
            {
                await AddAsync(publication, 0, CancellationToken.None);
                await source.CancelAsync();
                return true;
            },
            source.Token));
        await AssertEmptyAndUsableAsync(warehouse);
    }

    [Fact]
    public async Task ConcurrentPublications_TakeTurns()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        var inside = 0;
        var generations = await Task.WhenAll(Enumerable.Range(0, 8).Select(key => Task.Run(() => warehouse.Database.PublishAsync(
            "test",
            async (publication, stop) =>
            {
                Assert.Equal(1, Interlocked.Increment(ref inside));
                await AddAsync(publication, key, stop);
                await Task.Yield();
                Interlocked.Decrement(ref inside);
                return true;
            },
            CancellationToken.None))));
        Assert.Equal(Enumerable.Range(1, 8), generations.Select(generation => generation!.Number).Order());
        Assert.Equal(Enumerable.Range(1, 8).Select(number => $"{number}"), await warehouse.RowsAsync("SELECT generation FROM star.dim_channel WHERE channel_key >= 0 ORDER BY 1"));
    }

    [Fact]
    public async Task Numbers_AreDenseAlsoAfterFailures()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await PublishAsync(warehouse, 0);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() =>
            warehouse.Database.PublishAsync("test", (_, _) => throw new InvalidTimeZoneException(), CancellationToken.None));
        Assert.Null(await warehouse.Database.PublishAsync("test", (_, _) => Task.FromResult(false), CancellationToken.None));
        await PublishAsync(warehouse, 1);
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        Assert.Equal([2, 1, 0], (await Generation.AllAsync(connection, CancellationToken.None)).Select(generation => generation.Number));
    }

    [Fact]
    public async Task Publication_OutlivesTheProcess()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await PublishAsync(warehouse, 0);
        await warehouse.Database.DisposeAsync();
        await using var again = await WarehouseDatabase.OpenReadOnlyAsync(warehouse.Workspace, TimeProvider.System, CancellationToken.None);
        await using var connection = await again.ConnectAsync(CancellationToken.None);
        Assert.Equal(1, (await Generation.CurrentAsync(connection, CancellationToken.None)).Number);
    }

    private static Task<Generation?> PublishAsync(FreshWarehouse warehouse, int key) => warehouse.Database.PublishAsync(
        "test",
        async (publication, stop) =>
        {
            await AddAsync(publication, key, stop);
            return true;
        },
        CancellationToken.None);

    private static Task<int> AddAsync(Publication publication, int key, CancellationToken stop) =>
        publication.Connection.ExecuteAsync(Insert, stop, ("key", key), ("generation", publication.Number));

    private static Task<IReadOnlyList<string>> ChannelsAsync(FreshWarehouse warehouse) =>
        warehouse.RowsAsync("SELECT channel, generation FROM star.dim_channel WHERE channel_key >= 0 ORDER BY channel_key");

    private static async Task AssertEmptyAndUsableAsync(FreshWarehouse warehouse)
    {
        Assert.Empty(await ChannelsAsync(warehouse));
        Assert.Equal(["0"], await warehouse.RowsAsync("SELECT generation FROM ops.generation"));
        Assert.Equal(1, (await PublishAsync(warehouse, 7))!.Number);
        Assert.Equal(["c7 | 1"], await ChannelsAsync(warehouse));
    }
}
