using Npgsql;
using Warehouse.Campaigns.Destinations;
using Warehouse.Etl.Tests.Sources;

namespace Warehouse.Campaigns.Tests.Exports;

public class PostgresExportTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [SkippableFact]
    public async Task Table_FollowsTheList_AndTakesAnExportOnce()
    {
        Skip.If(server.Missing is not null, server.Missing);
        await using var warehouse = await MailingShop.OpenAsync(50);
        var destination = Destination("one");
        await warehouse.RunAsync("UPDATE star.customer_contact SET family_name = 'O''Hara; DROP TABLE \"x\"' WHERE customer_key = 5");

        await Lists.ExportEverybodyAsync(warehouse, destination);
        Assert.Equal("50 O'Hara; DROP TABLE \"x\" 25", await TellAsync("one"));

        await warehouse.RunAsync("DELETE FROM star.customer_consent WHERE customer_key IN (2, 3); UPDATE star.customer_contact SET family_name = 'New' WHERE customer_key = 5");
        await Lists.ExportEverybodyAsync(warehouse, destination);
        Assert.Equal("48 New 24", await TellAsync("one"));

        // Taken there, but the note of it is lost here: it is sent again, and not taken twice.
        await warehouse.RunAsync("UPDATE ops.export SET finished_at = NULL, content_hash = NULL WHERE export_key = 1");
        await server.ExecuteAsync("INSERT INTO lists.one VALUES ('everybody', 'C3', 'by hand', 0, NULL)");
        Assert.Equal(1, (await Lists.ExportEverybodyAsync(warehouse, destination))!.Key);
        Assert.Equal("49 New 24", await TellAsync("one"));
    }

    [SkippableFact]
    public async Task DatabaseThatRefuses_IsLeftAsItWas()
    {
        Skip.If(server.Missing is not null, server.Missing);
        await using var warehouse = await MailingShop.OpenAsync(50);
        await server.ExecuteAsync("CREATE SCHEMA IF NOT EXISTS lists; CREATE TABLE lists.two (list text, \"Id\" text, \"Name\" text CHECK (\"Name\" <> 'Oak50'), \"Worth\" numeric, \"Day\" date)");

        await Assert.ThrowsAsync<Definitions.UserFaultException>(() => Lists.ExportEverybodyAsync(warehouse, Destination("two")));

        Assert.Equal("0  0", await TellAsync("two"));
        await server.ExecuteAsync("ALTER TABLE lists.two DROP CONSTRAINT \"two_Name_check\"");
        await Lists.ExportEverybodyAsync(warehouse, Destination("two"));
        Assert.Equal("50 Oak5 25", await TellAsync("two"));
    }

    [SkippableFact]
    public async Task ExportKilledMidway_LeavesTheTableAsItWas_AndIsCompletedOnce()
    {
        Skip.If(server.Missing is not null, server.Missing);
        await using var warehouse = await MailingShop.OpenAsync(50);
        await Lists.ExportEverybodyAsync(warehouse, Destination("three"));
        await warehouse.RunAsync("DELETE FROM star.customer_consent WHERE customer_key IN (2, 3)");
        await using (var other = new NpgsqlConnection(server.Connection))
        await using (var watching = new NpgsqlConnection(server.Connection))
        {
            await other.OpenAsync();
            await watching.OpenAsync();
            await using var holding = await other.BeginTransactionAsync();
            await new NpgsqlCommand("LOCK TABLE lists.three IN ACCESS EXCLUSIVE MODE", other).ExecuteNonQueryAsync();
            var export = Lists.ExportEverybodyAsync(warehouse, Destination("three"));
            while (await new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%\"three\"%'", watching).ExecuteScalarAsync() is 0L)
            {
                Assert.False(export.IsCompleted);
                await Task.Delay(20);
            }

            await Assert.ThrowsAsync<Definitions.UserFaultException>(() => export);
        }

        Assert.Equal("50 Oak5 25", await TellAsync("three"));
        Assert.Equal(["1 | False"], await warehouse.RowsAsync("SELECT export_key, finished_at IS NOT NULL FROM ops.export ORDER BY export_key DESC LIMIT 1"));
        Assert.Equal(1, (await Lists.ExportEverybodyAsync(warehouse, Destination("three")))!.Key);
        Assert.Equal("48 Oak5 24", await TellAsync("three"));
        Assert.Equal(["2"], await warehouse.RowsAsync("SELECT count(*) FROM ops.export WHERE finished_at IS NOT NULL"));
    }

    private Destination Destination(string table) => Lists.Destination(
        $"to: postgres\nconnection: {server.Connection}\nschema: lists\ntable: {table}\nchannel: email\ncolumns: {{Id: customer_id, Name: family_name, Worth: value, Day: as_of}}\n", table);

    private async Task<string> TellAsync(string table)
    {
        await using var connection = new NpgsqlConnection(server.Connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"SELECT count(*) || ' ' || coalesce(max(\"Name\") FILTER (WHERE \"Id\" = 'C5'), '') || ' ' || count(*) FILTER (WHERE \"Worth\" > 0) FROM lists.{table}", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
