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

/// <summary>What the scan calls regular the engine reads as <see cref="CsvRecords"/> does; nothing that is plain is called irregular.</summary>
public sealed class CsvScanTests : IDisposable
{
    private const int BufferSize = 1 << 20;

    private readonly FreshFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RegularFile_IsReadByTheEngine_AsTheRecordsSplitIt()
    {
        await using var connection = new DuckDBConnection("Data Source=:memory:;threads=2");
        await connection.OpenAsync();
        var regular = 0;
        var parts = Gen.Elements("a", "b", ",", ",", "\"", "\"\"", "\"a,\"", "\r\n", "\n", "\n", "\r", "é", "漢", "𝄞", " ", "\t", "\0", "\uFEFF");
        var bodies = Gen.ArrayOf(parts).Select(chosen => string.Concat(chosen));
        foreach (var text in Sampled(bodies, 1500).Select(body => "h,k\n" + body).Concat(Sampled(PlainRows(), 500)))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var outline = await ScanAsync(new MemoryStream(bytes));
            var records = CsvRecords.Read(new StringReader(text), ',', '"').Skip(1).ToArray();
            Assert.True(
                outline.Irregularity is null == IsPlain(text),
                $"{Shown(text)} was called {outline.Irregularity ?? "regular"}.");
            if (outline.Irregularity is null)
            {
                regular++;
                Assert.Equal(records.Length, outline.Rows);
                var rows = await EngineRowsAsync(connection, bytes);
                Assert.True(
                    records.Select(record => string.Join('|', record.Fields)).SequenceEqual(rows),
                    $"{Shown(text)} is read by the engine as {string.Join(" / ", rows)}");
            }
        }

        Assert.True(regular > 300, $"Only {regular} texts were regular.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task StreamThatGivesFewBytesAtATime_GivesTheSameOutline(int atOnce)
    {
        foreach (var text in new[]
        {
            "h,k\na,é\n", "h,k\r\n\"a\"\"\",漢\r\n", "h,k\n\"a\nb\",c\n", "h,k\na\n", "h,k\na,b\rc,d\n", "\uFEFFh,k\na,𝄞", "h,k\na,\"b", "h,k\na,b\r",
        })
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var whole = await ScanAsync(new MemoryStream(bytes));
            var slow = await ScanAsync(new SlowStream(bytes, atOnce));
            Assert.Equal(whole.Irregularity, slow.Irregularity);
            Assert.Equal(whole.Rows, slow.Rows);
            Assert.Equal(whole.Header, slow.Header);
        }
    }

    [Theory]
    [InlineData("a,é\n")]
    [InlineData("a,漢\n")]
    [InlineData("a,𝄞\n")]
    [InlineData("\"a\"\"b\",c\n")]
    [InlineData("a,b\r\n")]
    [InlineData("\"a\",\"b\"\r\n")]
    public async Task SignAcrossABufferBoundary_IsOneSign(string row)
    {
        // Every byte of the row comes to stand first in the second buffer once.
        var bytes = Encoding.UTF8.GetBytes(row);
        for (var shift = 0; shift <= bytes.Length; shift++)
        {
            var end = row.EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            var filling = Encoding.UTF8.GetBytes($"h,k{end}" + new string('x', BufferSize - 3 - 2 - (2 * end.Length) - shift) + $",y{end}");
            using var stream = new MemoryStream([.. filling, .. bytes, .. bytes]);
            var outline = await ScanAsync(stream);
            Assert.Null(outline.Irregularity);
            Assert.Equal(3, outline.Rows);
        }
    }

    [Theory]
    [InlineData("é")]
    [InlineData("漢")]
    [InlineData("𝄞")]
    public async Task CharacterCutOff_IsNoValidText(string character)
    {
        var bytes = Encoding.UTF8.GetBytes("h,k\na," + character);
        Assert.Null((await ScanAsync(new MemoryStream(bytes))).Irregularity);
        for (var cut = 1; cut < Encoding.UTF8.GetByteCount(character); cut++)
        {
            Assert.Equal("it is not valid UTF-8", (await ScanAsync(new MemoryStream(bytes[..^cut]))).Irregularity);
        }
    }

    [Theory]
    [InlineData("h,k\n\na,b\n", "it has empty lines")]
    [InlineData("h,k\na\n", "records differ in their number of fields")]
    [InlineData("h,k\na,\"b\nc\"\n", "a record spans several lines")]
    [InlineData("h,k\na,b\"c\n", "a quote stands within a field")]
    [InlineData("h,k\na,\"b\"c\n", "text follows a closing quote")]
    [InlineData("h,k\na,b\rc,d\n", "a line ends with a carriage return alone")]
    [InlineData("h,k\na,b\r\n", "some lines end with a carriage return and some without")]
    [InlineData("h,k\na,\0\n", "it holds zero bytes")]
    [InlineData("h,k\na,\"b", "its last line is not whole")]
    [InlineData("h\na\n", "it has one column")]
    public async Task Irregularity_IsNamed(string text, string irregularity) =>
        Assert.Equal(irregularity, (await ScanAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)))).Irregularity);

    [Fact]
    public async Task OtherEncoding_IsIrregular() =>
        Assert.Equal(
            "it is not in UTF-8",
            (await CsvScan.RunAsync(new MemoryStream("h,k\n"u8.ToArray()), ',', '"', Encoding.Latin1, CancellationToken.None)).Irregularity);

    private static Task<CsvOutline> ScanAsync(Stream stream) => CsvScan.RunAsync(stream, ',', '"', Encoding.UTF8, CancellationToken.None);

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

    private sealed class SlowStream(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(atOnce, buffer.Length)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(atOnce, buffer.Length)], cancellationToken);
    }
}
