using System.Data;
using System.Text;
using ExcelDataReader;
using Warehouse.Campaigns.Exports;
using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Campaigns.Tests.Exports;

public class FileExportTests
{
    private static string Text(string format, string to = "file") => $"to: {to}\nformat: {format}\npath: exports/{{list}}.x\nchannel: email\ncolumns: {{Id: customer_id, Name: family_name, Mail: email, Worth: value, Day: as_of}}\n";

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    [InlineData("xlsx")]
    public async Task RebuiltExport_IsTheFirst_ByteForByte_WhateverHappenedSince(string format)
    {
        await using var warehouse = await MailingShop.OpenAsync(5000);
        var export = await Lists.ExportEverybodyAsync(warehouse, Lists.Destination(Text(format)));
        var first = await File.ReadAllBytesAsync(warehouse.Workspace.PathOf("exports/everybody.x"));
        await warehouse.RunAsync("UPDATE star.customer_contact SET email = 'x@example.org'; DELETE FROM star.customer_consent");

        Assert.Equal(5000, export!.Rows);
        Assert.True(await new ListExport(warehouse.Database, TimeProvider.System).RebuildAsync(0, warehouse.Workspace.PathOf("again"), CancellationToken.None));
        Assert.Equal(first, await File.ReadAllBytesAsync(warehouse.Workspace.PathOf("again")));
        Assert.Equal(
            ["0 | everybody | there | ann | spring letter | 5000 | True"],
            await warehouse.RowsAsync("SELECT export_key, list, destination, exported_by, purpose, row_count, content_hash IS NOT NULL FROM ops.export"));
    }

    [Fact]
    public async Task FolderOfAMailProgram_GetsNoLineEnds_WhichWouldAddHeaders()
    {
        await using var warehouse = await MailingShop.OpenAsync(2);
        await warehouse.RunAsync("UPDATE star.customer_contact SET family_name = $name WHERE customer_key = 1", ("name", "Oak\r\nBcc: all@example.org\u2028\0x"));

        await Lists.ExportEverybodyAsync(warehouse, Lists.Destination("to: folder\nformat: jsonl\npath: exports/mail\nchannel: email\ncolumns: {Id: customer_id, Name: family_name}\n"));

        var text = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(warehouse.Workspace.PathOf("exports/mail"))));
        Assert.Contains("Oak Bcc: all@example.org x", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+44 20", "'+44 20")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a=b", "a=b")]
    [InlineData("O'Hara, \"Al\"", "O'Hara, \"Al\"")]
    [InlineData("two\nlines", "two\nlines")]
    public async Task TextThatASpreadsheetWouldRun_GetsAnApostrophe_AndNumbersStayNumbers(string text, string expected)
    {
        await using var warehouse = await MailingShop.OpenAsync(2);
        await warehouse.RunAsync("UPDATE star.customer_contact SET family_name = $text WHERE customer_key = 1", ("text", text));
        await warehouse.AddSalesAsync(new Sale(1, new DateOnly(2025, 6, 20), "R", -7.5m, IsReturn: true), new Sale(1, new DateOnly(2025, 6, 20), "S", 1));

        await Lists.ExportEverybodyAsync(warehouse, Lists.Destination(Text("csv")));
        var read = await warehouse.RowsAsync(
            "SELECT Name, CAST(Worth AS DOUBLE) FROM read_csv($path, all_varchar = true, header = true) WHERE Id = 'C1'", ("path", warehouse.Workspace.PathOf("exports/everybody.x")));
        Assert.Equal([$"{expected} | -6.5"], read);

        await Lists.ExportEverybodyAsync(warehouse, Lists.Destination(Text("xlsx"), "sheet"));
        var row = Sheet(warehouse.Workspace.PathOf("exports/everybody.x")).Rows[1];
        Assert.Equal(expected, row[1]);
        Assert.Equal(-6.5, row[3]);
        Assert.Equal(new DateTime(2025, 6, 29, 0, 0, 0, DateTimeKind.Unspecified), row[4]);
    }

    [Fact]
    public async Task Workbook_HoldsHeaderAndEveryCustomer()
    {
        await using var warehouse = await MailingShop.OpenAsync(300);
        await warehouse.RunAsync("UPDATE star.customer_contact SET family_name = NULL WHERE customer_key = 2");

        await Lists.ExportEverybodyAsync(warehouse, Lists.Destination(Text("xlsx")));

        var sheet = Sheet(warehouse.Workspace.PathOf("exports/everybody.x"));
        Assert.Equal(["Id", "Name", "Mail", "Worth", "Day"], sheet.Rows[0].ItemArray);
        Assert.Equal(301, sheet.Rows.Count);
        Assert.Equal(DBNull.Value, sheet.Rows[2][1]);
        Assert.Equal("c300@example.org", sheet.Rows[300][2]);
    }

    [Fact]
    public async Task JsonLines_HoldTextsAsTheyAre_AndNumbersAsNumbers()
    {
        await using var warehouse = await MailingShop.OpenAsync(2);
        await warehouse.RunAsync("UPDATE star.customer_contact SET family_name = '=\"1\"' WHERE customer_key = 2");

        await Lists.ExportEverybodyAsync(warehouse, Lists.Destination(Text("jsonl")));

        Assert.Equal(
            "{\"Id\":\"C2\",\"Name\":\"=\\\"1\\\"\",\"Mail\":\"c2@example.org\",\"Worth\":10.0000,\"Day\":\"2025-06-29\"}",
            (await File.ReadAllLinesAsync(warehouse.Workspace.PathOf("exports/everybody.x")))[1]);
    }

    [Fact]
    public async Task WatchedFolder_GetsOnlyWholeFiles_EachOfItsOwn_AndRemovalsArrive()
    {
        await using var warehouse = await MailingShop.OpenAsync(10);
        var destination = Lists.Destination(Text("csv", "folder").Replace("{list}.x", "outbox", StringComparison.Ordinal));

        await Lists.ExportEverybodyAsync(warehouse, destination);
        Assert.Null(await Lists.ExportEverybodyAsync(warehouse, destination));
        await warehouse.RunAsync("DELETE FROM star.customer_consent WHERE customer_key = 3; UPDATE star.customer_contact SET email = 'new@example.org' WHERE customer_key = 4");
        await Lists.ExportEverybodyAsync(warehouse, destination);
        await warehouse.RunAsync(
            "INSERT INTO star.customer_consent SELECT 3, 'email', 'marketing', true, TIMESTAMPTZ '2025-06-01 00:00:00+00', 'crm', TIMESTAMPTZ '2025-06-01 00:00:00+00', 0, -1, 0, 3");
        await Lists.ExportEverybodyAsync(warehouse, destination);

        var files = Directory.GetFiles(warehouse.Workspace.PathOf("exports/outbox")).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.EndsWith(".csv", file, StringComparison.Ordinal));
        Assert.Equal(["removed,C3", "changed,C4"], Lines(files[1]));
        Assert.Equal(["added,C3"], Lines(files[2]));

        static IEnumerable<string> Lines(string file) => File.ReadLines(file).Skip(1).Select(line => string.Join(',', line.Split(',').Take(2)));
    }

    [Fact]
    public async Task Campaign_SendsTheTreated_ButNobodyWhoOptedOutSince()
    {
        await using var warehouse = await MailingShop.OpenAsync(100);
        var plan = MailingShop.PlanOf("a");
        var (launch, _) = await MailingShop.LaunchAsync(warehouse, plan);
        var gone = int.Parse((await warehouse.RowsAsync("SELECT min(customer_key) FROM mart.campaign_member WHERE arm = 'treated'"))[0], System.Globalization.CultureInfo.InvariantCulture);
        await warehouse.RunAsync("INSERT INTO star.customer_consent SELECT $key, 'email', 'marketing', false, TIMESTAMPTZ '2025-06-30 11:00:00+00', 'crm', TIMESTAMPTZ '2025-06-30 11:00:00+00', 0, -1, 0, $key", ("key", gone));

        var export = await Lists.ExportCampaignAsync(warehouse, plan, Lists.Destination(Text("csv")));

        Assert.Equal(launch.Treated - 1, export!.Rows);
        Assert.DoesNotContain($"C{gone},", await File.ReadAllTextAsync(warehouse.Workspace.PathOf("exports/a.x")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("to: file", "to: files", "Did you mean \"file\"?")]
    [InlineData("format: csv", "format: cvs", "\"format\" of the file cannot be \"cvs\". Did you mean \"csv\"?")]
    [InlineData("channel: email\n", "", "says by which \"channel\"")]
    [InlineData("family_name", "family", "There is no field \"family\". Did you mean \"family_name\"?")]
    [InlineData("to: file", "to: webhook\nurl: http://example.org\nsecret: X", "Personal data goes over https")]
    [InlineData("to: file", "to: postgres\nconnection: Host=h;Password=p\ntable: t", "A password does not belong into a definition")]
    public void WrongDestination_IsFault(string right, string wrong, string words) => Assert.Contains(
        words, Assert.Throws<DefinitionException>(() => Lists.Destination(Text("csv").Replace(right, wrong, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    private static DataTable Sheet(string path)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var stream = File.OpenRead(path);
        using var reader = ExcelReaderFactory.CreateReader(stream);
        var table = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        while (reader.Read())
        {
            while (table.Columns.Count < reader.FieldCount)
            {
                table.Columns.Add(FormattableString.Invariant($"c{table.Columns.Count}"), typeof(object));
            }

            table.Rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
        }

        return table;
    }
}
