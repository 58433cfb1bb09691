using Warehouse.Testing;

namespace Warehouse.SampleData.Tests;

/// <summary>Two thousand customers, generated once for all tests of the collection.</summary>
public sealed class SmallSample : IAsyncLifetime, IDisposable
{
    public static readonly RetailOptions Options = new() { Customers = 2_000, Seed = 7 };

    private readonly FreshFolder _folder = new();

    public SampleFolder Folder => new(_folder.Path);

    public RetailTotals Totals { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Totals = await RetailGenerator.GenerateAsync(Options, Folder.Data, Folder.Truth);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}

[CollectionDefinition(Name)]
public sealed class SmallSampleTests : ICollectionFixture<SmallSample>
{
    public const string Name = "small sample";
}
