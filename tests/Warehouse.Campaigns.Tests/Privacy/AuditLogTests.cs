using Warehouse.Campaigns.Privacy;
using Warehouse.Testing;

namespace Warehouse.Campaigns.Tests.Privacy;

public class AuditLogTests
{
    [Theory]
    [InlineData("UPDATE ops.audit_log SET actor = 'bob' WHERE entry = 2", "Entry 2 is not what was written")]
    [InlineData("DELETE FROM ops.audit_log WHERE entry = 2", "Entry 2 is missing")]
    [InlineData("DELETE FROM ops.audit_log WHERE entry = 3", "its end was cut off")]
    [InlineData("DELETE FROM ops.audit_log", "its end was cut off")]
    [InlineData("UPDATE ops.audit_log SET entry = CASE entry WHEN 1 THEN 2 WHEN 2 THEN 1 ELSE entry END", "is not what was written")]
    [InlineData("UPDATE ops.audit_log SET previous_hash = hash WHERE entry = 3", "Entry 3 is not what was written")]
    public async Task Tampering_IsNoticed(string tampering, string words)
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await RecordAsync(warehouse, 3);
        Assert.Empty((await AuditLog.VerifyAsync(warehouse.Database, CancellationToken.None)).Faults);

        await warehouse.RunAsync(tampering);

        Assert.Contains(words, Assert.Single((await AuditLog.VerifyAsync(warehouse.Database, CancellationToken.None)).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogWrittenAnew_IsNoticedByTheChainFile_AndAMissingFileIsToo()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await RecordAsync(warehouse, 3);
        var chain = warehouse.Workspace.PathOf(AuditLog.ChainFile);
        var kept = await File.ReadAllTextAsync(chain);
        await warehouse.RunAsync("DELETE FROM ops.audit_log");
        File.Delete(chain);
        await RecordAsync(warehouse, 3);
        await File.WriteAllTextAsync(chain, kept);
        Assert.Contains("other hashes", Assert.Single((await AuditLog.VerifyAsync(warehouse.Database, CancellationToken.None)).Faults), StringComparison.Ordinal);

        File.Delete(chain);
        Assert.Contains("the file was cut off", Assert.Single((await AuditLog.VerifyAsync(warehouse.Database, CancellationToken.None)).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EntriesOfManyThreads_MakeOneChain()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => RecordAsync(warehouse, 1))));

        Assert.Empty((await AuditLog.VerifyAsync(warehouse.Database, CancellationToken.None)).Faults);
        Assert.Equal(["16"], await warehouse.RowsAsync("SELECT max(entry) FROM ops.audit_log"));
    }

    private static async Task RecordAsync(FreshWarehouse warehouse, int entries)
    {
        for (var entry = 0; entry < entries; entry++)
        {
            await AuditLog.RecordAsync(warehouse.Database, new AuditedAct("ann", "show", "a person", null, "profile"), CancellationToken.None);
        }
    }
}
