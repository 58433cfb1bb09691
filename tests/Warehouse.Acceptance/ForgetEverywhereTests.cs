using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Warehouse.DuckDb;

namespace Warehouse.Acceptance;

/// <summary>A person is planted in every table and kind of file that a workspace has, and forgotten.</summary>
public class ForgetEverywhereTests
{
    private const string Given = "Aurélie";
    private const string Family = "Müller-Öz";
    private static readonly string[] Texts = [Given, Family, "aurelie@example.org", "aurelie.web@example.org", "7946 0001", "K1001", "W7001", "Villa Aurora"];

    [Fact]
    public async Task PersonInEveryTableAndFile_LeavesNoTrace_AndStaysOnePersonWithoutAName()
    {
        using var shop = await PlantedAsync();
        var persons = await PersonsAsync(shop);
        var totals = await shop.TotalsAsync();
        var before = await TracesAsync(shop.Path);
        foreach (var place in (string[])["warehouse.duckdb", "identity.yaml", "exports/list.parquet", "exports/list.xlsx", "exports/list.csv", "exports/list.jsonl", "queries/his.yaml", "notes.txt", "data/people.csv.gz", "data/web.csv", "data/listed.xlsx", "warehouse.queries.jsonl", "disclosed.json", "star.identity_decision", "quality.reject", "mart.segment_member", "ops.export_row", "star.customer_record"])
        {
            Assert.True(before.Any(trace => trace.StartsWith(place, StringComparison.Ordinal)), $"{place} is not planted: {string.Join('\n', before)}");
        }

        var forget = await shop.RunAsync("customer", "forget", "K1001", "--purpose", "letter of today");
        Assert.True(forget.ExitCode == 0, forget.Error + forget.Output);

        Assert.Empty(await TracesAsync(shop.Path));
        Assert.False(File.Exists(shop.DatabasePath + ".v19"));
        Assert.Equal(persons, await PersonsAsync(shop));
        Assert.Equal(totals, await shop.TotalsAsync());

        // What was decided about who is who is read again with every load.
        shop.Write("data/orders2.csv", "order,line,at,customer,product,quantity,price\nO9,1,2024-03-01 10:00:00,K1002,P1,1,5\n");
        (await shop.RunAsync("load")).Done();
        Assert.Equal(persons, await PersonsAsync(shop));
        Assert.Empty(await TracesAsync(shop.Path));
        Assert.Empty(JsonDocument.Parse((await shop.RunAsync("status", "--audit", "--format", "json")).Done().Output).RootElement.GetProperty("faults").EnumerateArray());
    }

    [Fact]
    public async Task BackupInTheWorkspace_IsNamed_WithWhatToDo()
    {
        using var shop = new SmallShop(20);
        (await shop.RunAsync("load")).Done();
        (await shop.RunAsync("backup", "--out", Path.Combine(shop.Path, "backups", "old.zip"))).Done();
        await using (var connection = await OpenAsync(shop.Path))
        {
            var id = (await RowsAsync(connection, "SELECT min(source_id) FROM star.customer_identity WHERE regexp_matches(source_id, '[A-Z]')"))[0];
            await connection.CloseAsync();
            var forget = await shop.RunAsync("customer", "forget", id);

            Assert.Equal(3, forget.ExitCode);
            Assert.Contains("backups/old.zip (a backup: delete it, and make another with 'warehouse backup')", forget.Error, StringComparison.Ordinal);
        }
    }

    private static async Task<SmallShop> PlantedAsync()
    {
        var shop = new SmallShop(0);
        shop.Write("feeds/orders.yaml", "changes: correct\n" + SmallShop.FeedText.Replace("  customer: customer\n", "  customer:\n  - {from: customer, matches: \"W.*\", identity: web}\n  - {from: customer, identity: crm}\n", StringComparison.Ordinal).Replace("identity: shop", "identity: crm", StringComparison.Ordinal));
        shop.Write("feeds/people.yaml", "source: {files: data/people.csv.gz}\nidentity: crm\nreject_limit: 100%\ninto: customer\ncolumns: {id: id, given_name: first, family_name: last, email: email, phone: phone, street: street, birth_year: born}\n");
        shop.Write("feeds/web.yaml", "source: {files: data/web.csv}\nidentity: web\ninto: customer\ncolumns: {id: id, given_name: first, email: email}\n");
        shop.Write("feeds/consents.yaml", "source: {files: data/consents.csv}\nidentity: crm\ninto: consent\ncolumns: {customer: id, channel: channel, is_granted: granted, stated_at: at}\n");
        shop.Write("data/orders.csv", "order,line,at,customer,product,quantity,price\nO1,1,2024-01-01 10:00:00,K1001,P1,1,10\nO2,1,2024-01-02 10:00:00,K1002,P1,1,20\nO3,1,2024-01-03 10:00:00,W7001,P1,1,30\nO4,1,2024-01-04 10:00:00,W7002,P1,1,40\n");
        shop.Write("data/web.csv", $"id,first,email\nW7001,{Given},aurelie.web@example.org\nW7002,Ben,ben@example.org\n");
        shop.Write("data/consents.csv", "id,channel,granted,at\nK1001,email,true,2023-01-01 00:00:00\nK1002,email,true,2023-01-01 00:00:00\n");
        using (var file = File.Create(Path.Combine(shop.Path, "data", "people.csv.gz")))
        {
            using var packed = new GZipStream(file, CompressionLevel.Fastest);
            packed.Write(Encoding.UTF8.GetBytes($"id,first,last,email,phone,street,born\nK1001,{Given},{Family},aurelie@example.org,+44 20 7946 0001,Villa Aurora,1980\nK1002,Ben,Oak,ben@example.org,+44 20 7946 0002,2 Elm Road,1981\nK1001,{Given},{Family},aurelie@example.org,+44 20 7946 0001,Villa Aurora,never\n"));
        }

        shop.Write("notes.txt", "aurelie@example.org called.\n");
        shop.Write("segments/buyers.yaml", "where: {bought: {times: {from: 1}}}\n");
        (await shop.RunAsync("load")).Done();
        (await shop.RunAsync("customer", "merge", "crm:K1001", "web:W7001", "--reason", $"{Given} {Family} told us on the phone")).Done();
        foreach (var format in (string[])["csv", "jsonl", "parquet", "xlsx"])
        {
            shop.Write($"destinations/{format}.yaml", $"to: file\npath: exports/list.{format}\nformat: {format}\nchannel: email\ncolumns: {{Mail: email, Id: customer_id, Name: family_name, Why: reason}}\n");
            (await shop.RunAsync("segment", "export", "buyers", "--to", format)).Done();
        }

        shop.Write("destinations/book.yaml", "to: file\npath: data/listed.xlsx\nformat: xlsx\nchannel: email\ncolumns: {id: customer_id, first: given_name, last: family_name, email: email}\n");
        (await shop.RunAsync("segment", "export", "buyers", "--to", "book")).Done();
        shop.Write("feeds/listed.yaml", "source: {files: data/listed.xlsx}\nidentity: crm\ninto: customer\ncolumns: {id: id, given_name: first, family_name: last, email: email}\n");
        (await shop.RunAsync("load", "listed")).Done();
        shop.Write("warehouse.queries.jsonl", "{\"cube\":\"sales\",\"where\":\"customer.id = 'K1001'\"}\n");
        (await shop.RunAsync("segment", "build", "buyers")).Done();
        (await shop.RunAsync("snapshot")).Done();
        (await shop.RunAsync("customer", "disclose", "K1001", "--out", Path.Combine(shop.Path, "disclosed.json"))).Done();
        shop.Write("queries/his.yaml", "cube: sales\nmeasures: lines\nwhere: customer.id = 'K1001'\n");
        await using var connection = await OpenAsync(shop.Path);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE mart.segment_member SET reason = reason || ' (aurelie@example.org)' WHERE customer_key IN (SELECT customer_key FROM star.customer_identity WHERE source_id = 'K1001')";
        await command.ExecuteNonQueryAsync();
        await connection.CloseAsync();
        File.Copy(shop.DatabasePath, shop.DatabasePath + ".v19");
        return shop;
    }

    /// <summary>How many persons have how many identifiers.</summary>
    private static async Task<IReadOnlyList<string>> PersonsAsync(SmallShop shop)
    {
        await using var connection = await OpenAsync(shop.Path);
        return await RowsAsync(connection, "SELECT string_agg(source, ' ' ORDER BY source) || ' ' || count(*) FROM star.customer_identity WHERE customer_key >= 0 GROUP BY customer_key ORDER BY 1");
    }

    private static async Task<DuckDBConnection> OpenAsync(string folder)
    {
        var connection = new DuckDBConnection($"Data Source={Path.Combine(folder, "warehouse.duckdb")}");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(DuckDBConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    /// <summary>Where one of the texts stands: in every column of every table, and in the bytes of every file, packed ones unpacked and Parquet read.</summary>
    private static async Task<IReadOnlyList<string>> TracesAsync(string folder)
    {
        var traces = new List<string>();
        await using (var connection = await OpenAsync(folder))
        {
            await using (var checkpoint = connection.CreateCommand())
            {
                checkpoint.CommandText = "CHECKPOINT";
                await checkpoint.ExecuteNonQueryAsync();
            }

            foreach (var table in await RowsAsync(connection, "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE NOT internal ORDER BY 1"))
            {
                traces.AddRange((await RowsAsync(connection, $"SELECT DISTINCT text FROM {table} AS row, unnest([{string.Join(", ", Texts.Select(text => $"'{text}'"))}]) AS texts (text) WHERE contains(CAST(to_json(row) AS VARCHAR), text)")).Select(text => $"{table}: {text}"));
            }
        }

        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            foreach (var bytes in await ContentsAsync(path))
            {
                traces.AddRange(Texts.Where(text => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0).Select(text => $"{name}: {text}"));
            }
        }

        return traces;
    }

    private static async Task<IReadOnlyList<byte[]>> ContentsAsync(string path)
    {
        var contents = new List<byte[]> { await File.ReadAllBytesAsync(path) };
        switch (Path.GetExtension(path))
        {
            case ".gz":
                await using (var unpacked = new GZipStream(new MemoryStream(contents[0]), CompressionMode.Decompress))
                {
                    contents.Add(await AllAsync(unpacked));
                }

                break;
            case ".xlsx":
                await using (var archive = new ZipArchive(new MemoryStream(contents[0])))
                {
                    foreach (var entry in archive.Entries)
                    {
                        await using var stream = entry.Open();
                        contents.Add(await AllAsync(stream));
                    }
                }

                break;
            case ".parquet":
                await using (var connection = new DuckDBConnection("Data Source=:memory:"))
                {
                    await connection.OpenAsync();
                    contents.Add(Encoding.UTF8.GetBytes(string.Concat(await RowsAsync(connection, $"SELECT CAST(to_json(row) AS VARCHAR) FROM read_parquet('{path}') AS row"))));
                }

                break;
        }

        return contents;
    }

    private static async Task<byte[]> AllAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
