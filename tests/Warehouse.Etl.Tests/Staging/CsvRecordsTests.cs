using FsCheck;
using FsCheck.Fluent;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Tests.Staging;

/// <summary>A file that breaks the rules loses the records that break them, and no other.</summary>
public sealed class CsvRecordsTests
{
    [Fact]
    public void Rfc4180_IsSplitAsItSays()
    {
        var records = Read("aaa,\"b \"\"b\"\", b\",\r\nzzz,\"y\r\ny\",x\n");
        Assert.Equal(["aaa", "b \"b\", b", ""], records[0].Fields);
        Assert.Equal(["zzz", "y\ny", "x"], records[1].Fields);
        Assert.Equal([1L, 2L], records.Select(record => record.Line));
    }

    [Fact]
    public void UnclosedQuote_LosesItsOwnLineAlone()
    {
        var records = Read("a,b\n1,\"x\n2,y\n3,z\n", fields: 2);
        Assert.Equal([null, "a quote opens and is not closed", null, null], records.Select(record => record.Fault));
        Assert.Equal([1L, 2L, 3L, 4L], records.Select(record => record.Line));
        Assert.Equal("1,\"x", records[1].Raw);
        Assert.Equal(["2", "y"], records[2].Fields);
    }

    [Fact]
    public void UnclosedQuote_BeforeAGoodQuotedLine_DoesNotSwallowIt()
    {
        var records = Read("a,b,c\n1,\"x,y\n2,\"y,z\",w\n3,\"z\",v\n", fields: 3);
        Assert.Equal(["2", "y,z", "w"], records[2].Fields);
        Assert.Equal(["3", "z", "v"], records[3].Fields);
        Assert.NotNull(records[1].Fault);
        Assert.Equal(4, records.Length);
    }

    [Fact]
    public void RecordOfSeveralLines_KeepsTheLineOnWhichItBegins()
    {
        var records = Read("a,b\n\n1,\"x\n\n\"\"y\n\"\n2,z\n", fields: 2);
        Assert.Equal([1L, 3L, 7L], records.Select(record => record.Line));
        Assert.Equal("x\n\n\"y\n", records[1].Fields[1]);
    }

    [Fact]
    public void QuotedRecordBeyondTheLimit_IsGivenUpLineByLine()
    {
        var lines = string.Concat(Enumerable.Repeat(new string('x', 99) + "\n", 1000));
        var records = Read($"a,b\n1,\"{lines}\"\n2,y\n", fields: 2);
        Assert.NotNull(records[1].Fault);
        Assert.Equal(["2", "y"], records[^1].Fields);
    }

    [Fact]
    public void HugeFieldOfOneLine_IsRead() =>
        Assert.Equal(5_000_000, Read($"a,b\n1,\"{new string('x', 5_000_000)}\"\n", fields: 2)[1].Fields[1].Length);

    [Fact]
    public void ZeroByte_IsAFault() => Assert.Equal("it holds zero bytes", Read("a,b\n1,\0\n")[1].Fault);

    [Fact]
    public void TextAfterAClosingQuote_IsAFault() => Assert.Equal("text follows a closing quote", Read("a,b\n1,\"x\"y\n")[1].Fault);

    [Fact]
    public void WrittenByTheRules_IsReadBackUnchanged()
    {
        var field = Gen.ArrayOf(Gen.Elements('a', '"', ',', '\n', ' ', 'é')).Select(letters => new string(letters));
        var rows = Gen.ArrayOf(Gen.ArrayOf(field, 3)).ToArbitrary();
        Prop.ForAll(rows, written =>
        {
            var text = string.Concat(written.Select(row => string.Join(',', row.Select(Quoted)) + "\n"));
            var read = Read(text, fields: 3);
            Assert.Equal(written, read.Select(record => record.Fields.ToArray()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void AnyText_GivesEveryLineOnceInOrder()
    {
        var parts = Gen.ArrayOf(Gen.Elements("a", ",", "\"", "\"\"", "\n", "\n", "\r\n", "\0")).Select(chosen => string.Concat(chosen)).ToArbitrary();
        Prop.ForAll(parts, text =>
        {
            var lines = Lines(text);
            var given = Read(text, fields: 2).SelectMany(record => record.Raw.Split('\n').Select((line, ahead) => (record.Line + ahead, line)));
            var expected = lines.Select((line, place) => (place + 1L, line)).Where(line => line.line.Length > 0);
            Assert.Equal(expected, given.Where(line => line.line.Length > 0));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Theory]
    [InlineData("1,\"x")]
    [InlineData("1,\"x\"\"")]
    [InlineData("\"\"\"\"\"")]
    [InlineData("\",\"")]
    [InlineData("1,\"x\"y,\"z")]
    public void StrayQuotesOnEveryLine_CostWorkInProportionToTheLines(string line)
    {
        const int Lines = 100_000;
        var text = "a,b\n" + string.Concat(Enumerable.Repeat(line + "\n", Lines));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = CsvRecords.Read(new StringReader(text), ',', '"', 2).Count();
        var perLine = (GC.GetAllocatedBytesForCurrentThread() - before) / Lines;

        // Were texts put together for every line again, it would be the look-ahead of 64 Ki characters.
        Assert.True(perLine < 2048, $"{perLine} bytes were allocated for each line.");
        Assert.True(count > 1);
    }

    private static CsvRecord[] Read(string text, int? fields = null) => [.. CsvRecords.Read(new StringReader(text), ',', '"', fields)];

    private static string Quoted(string field) => $"\"{field.Replace("\"", "\"\"")}\"";

    private static List<string> Lines(string text)
    {
        var reader = new StringReader(text);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }
}
