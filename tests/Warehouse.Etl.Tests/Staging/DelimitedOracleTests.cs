using System.Data.Common;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Warehouse.DuckDb;
using Warehouse.Etl.Staging;
using Warehouse.Store;
using Warehouse.Testing;

namespace Warehouse.Etl.Tests.Staging;

/// <summary>A plain text is split as the engine's own reader, another implementation, splits it, and none of its records is at fault.</summary>
public sealed class DelimitedOracleTests : IDisposable
{
    private readonly FreshFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PlainText_IsSplitAsTheEngineSplitsIt()
    {
        await using var connection = new DuckDBConnection("Data Source=:memory:;threads=2");
        await connection.OpenAsync();
        var plain = 0;
        var parts = Gen.Elements("a", "b", ",", ",", "\"", "\"\"", "\"a,\"", "\r\n", "\n", "\n", "\r", "é", "漢", "𝄞", " ", "\t", "\0", "\uFEFF");
        var bodies = Gen.ArrayOf(parts).Select(chosen => string.Concat(chosen));
        foreach (var text in Sampled(bodies, 1500).Select(body => "h,k\n" + body).Concat(Sampled(PlainRows(), 500)).Where(IsPlain))
        {
            plain++;
            var bytes = Encoding.UTF8.GetBytes(text);
            var rows = (await EngineRowsAsync(connection, bytes)).Where(row => row.Trim(' ', '\t', '|').Length > 0).ToArray();
            Assert.True(Rows(bytes).SequenceEqual(rows), $"{Shown(text)} is read by the engine as {string.Join(" / ", rows)}");
        }

        Assert.True(plain > 300, $"Only {plain} texts were plain.");
    }

    private static IEnumerable<string> Rows(byte[] bytes)
    {
        var records = new DelimitedRecords(new MemoryStream(bytes), ",", '"');
        Assert.Equal(2, records.ReadHeader().Count);
        foreach (var block in records.Read())
        {
            Assert.Empty(block.Broken);
            for (var row = 0; row < block.Count; row++)
            {
                var fields = block.Record(row);
                yield return $"{Encoding.UTF8.GetString(block.Text(fields[0]))}|{Encoding.UTF8.GetString(block.Text(fields[1]))}";
            }
        }
    }

    /// <summary>Two columns of plain or quoted fields, so that many texts are regular.</summary>
    private static Gen<string> PlainRows()
    {
        var field = Gen.Elements("", "a", "é漢", "\"\"", "\"a,b\"", "\"𝄞\"\"\"", " a ", "\" \"");
        var row = from first in field from second in field select $"{first},{second}";
        return Gen.ArrayOf(row).SelectMany(rows => Gen.Elements("\n", "\r\n").SelectMany(end => Gen.Elements("", end).Select(last =>
            string.Join(end, rows.Prepend("h,k")) + last)));
    }

    private static string[] Sampled(Gen<string> texts, int count) => texts.Sample(count, new Rnd(1), 20);

    /// <summary>Regular, said in another way: every record is one line of two fields, quotes enclose whole fields, all lines end with LF or all with CR LF.</summary>
    private static bool IsPlain(string text)
    {
        const string Field = "(?:[^,\"\r\n\0]*|\"(?:[^\"\r\n\0]|\"\")*\")";
        return Regex.IsMatch(
            text,
            $"\\A(?:(?:{Field},{Field}\n)*|(?:{Field},{Field}\r\n)*)(?:{Field},{Field})?\\z",
            RegexOptions.NonBacktracking,
            TimeSpan.FromSeconds(10));
    }

    private async Task<List<string>> EngineRowsAsync(DbConnection connection, byte[] bytes)
    {
        var path = _folder.Write("it.csv", bytes);
        return await connection.RowsAsync(
            """
            SELECT coalesce(c0, '') || '|' || coalesce(c1, '')
            FROM read_csv($path, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {'c0': 'VARCHAR', 'c1': 'VARCHAR'}, strict_mode = true)
            """,
            row => row.GetString(0),
            CancellationToken.None,
            ("path", path));
    }

    private static string Shown(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
