using Warehouse.Campaigns.Exports;
using Warehouse.Campaigns.Segments;
using Warehouse.Campaigns.Tests.Exports;
using Warehouse.Definitions;
using Segment = Warehouse.Campaigns.Segments.Segment;

namespace Warehouse.Campaigns.Tests;

/// <summary>What people do by mistake.</summary>
public class HostileTests
{
    [Fact]
    public async Task PlanWithoutBudget_ReachesNobody_AndRecordsNothing()
    {
        await using var warehouse = await MailingShop.OpenAsync(60);
        var plan = MailingShop.PlanOf("a", MailingShop.Plan + "\nbudget: 0\n");

        var audience = await MailingShop.AudienceAsync(warehouse, plan);
        Assert.Equal((60, 0, 0), (audience.Members, audience.Treated, audience.Control));
        Assert.Equal(60, audience.Steps.Sum(step => step.Customers));
        Assert.Contains("Nobody is left to treat", (await Assert.ThrowsAsync<UserFaultException>(() => MailingShop.LaunchAsync(warehouse, plan))).Message, StringComparison.Ordinal);
        Assert.Equal(["0 | 0"], await warehouse.RowsAsync("SELECT (SELECT count(*) FROM star.fact_touch), (SELECT count(*) FROM ops.campaign_launch)"));
    }

    [Fact]
    public async Task NoControl_TreatsEverybody_AndSaysThatNothingCanBeShown()
    {
        await using var warehouse = await MailingShop.OpenAsync(60);
        var plan = MailingShop.PlanOf("a", MailingShop.Plan.Replace("share: 0.2", "share: 0", StringComparison.Ordinal));

        var audience = await MailingShop.AudienceAsync(warehouse, plan);

        Assert.Equal((60, 0), (audience.Treated, audience.Control));
        Assert.Contains("nothing can be shown", audience.Words[0], StringComparison.Ordinal);
        Assert.Contains("from 0 to 0.9", Assert.Throws<DefinitionException>(() => MailingShop.PlanOf("a", MailingShop.Plan.Replace("share: 0.2", "share: 1", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptySegment_IsPreviewedBuiltAndExported()
    {
        await using var warehouse = await MailingShop.OpenAsync(20);
        var nobody = Segment.Read([(DefinitionFile.Parse("where: {all: [], any: []}\n", "segments/nobody.yaml"), "nobody")], [], MailingShop.NoCubes);
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);

        var preview = await SegmentPreview.FindAsync(connection, nobody[0], nobody, MailingShop.Options, 10, CancellationToken.None);
        var build = await SegmentBuild.StoreAsync(warehouse.Database, nobody[0], nobody, MailingShop.Options, CancellationToken.None);
        var export = await new ListExport(warehouse.Database, TimeProvider.System).RunAsync(
            new SegmentSource(nobody[0], nobody, MailingShop.Options), Lists.Destination("to: file\npath: exports/{list}.csv\ncolumns: {Id: customer_id}\n"), new ExportReason("ann", null), CancellationToken.None);

        Assert.Equal((0, 0, 0, 0), (preview.Members, preview.Examples.Count, build.Members, export!.Rows));
        Assert.Equal(["Id"], await File.ReadAllLinesAsync(warehouse.Workspace.PathOf("exports/nobody.csv")));
    }

    [Fact]
    public async Task FolderThatCannotBeWritten_IsToldAndTheExportGoesOnLater()
    {
        await using var warehouse = await MailingShop.OpenAsync(20);
        warehouse.Folder.Write("exports", "a file in the way");
        var destination = Lists.Destination("to: folder\npath: exports/outbox\nchannel: email\ncolumns: {Id: customer_id, Mail: email}\n");

        Assert.Contains("cannot be written", (await Assert.ThrowsAsync<UserFaultException>(() => Lists.ExportEverybodyAsync(warehouse, destination))).Message, StringComparison.Ordinal);
        File.Delete(warehouse.Workspace.PathOf("exports"));

        var export = await Lists.ExportEverybodyAsync(warehouse, destination);
        Assert.Equal((0, 20), (export!.Key, export.Rows));
        Assert.Single(Directory.GetFiles(warehouse.Workspace.PathOf("exports/outbox")));
    }

    [Fact]
    public async Task NamesOfColumnsAndPeople_InAnyScriptAndWithQuotes_ArriveAsTheyAre()
    {
        await using var warehouse = await MailingShop.OpenAsync(1);
        await warehouse.RunAsync("UPDATE star.customer_contact SET family_name = '陳大文 \"Al\"'");

        await Lists.ExportEverybodyAsync(warehouse, Lists.Destination("to: file\npath: exports/{list}.csv\nchannel: email\ncolumns: {\"na\\\"me, 姓名\": family_name, \"a;b\": email}\n"));

        Assert.Equal("\"na\"\"me, 姓名\",a;b\n\"陳大文 \"\"Al\"\"\",c1@example.org\n", (await File.ReadAllTextAsync(warehouse.Workspace.PathOf("exports/everybody.csv"))).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task PeopleOfABuild_AreAskedAgain_UntilACustomerChanges()
    {
        await using var warehouse = await MailingShop.OpenAsync(20);
        await SegmentBuild.StoreAsync(warehouse.Database, MailingShop.Segments[0], MailingShop.Segments, MailingShop.Options, CancellationToken.None);
        await warehouse.RunAsync("UPDATE star.dim_customer SET country = 'XX'");

        Assert.Equal(["GB", "IE"], await CountriesAsync());
        await warehouse.RunAsync("INSERT INTO ops.generation SELECT max(generation) + 1, now(), now(), 'load' FROM ops.generation");
        Assert.Equal(["XX"], await CountriesAsync());

        async Task<IEnumerable<string?>> CountriesAsync()
        {
            await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
            return (await SegmentMembers.FindAsync(connection, MailingShop.Segments[0], MailingShop.Segments, MailingShop.Options, CancellationToken.None)).Members.Select(member => member.Country).Distinct().Order();
        }
    }
}
