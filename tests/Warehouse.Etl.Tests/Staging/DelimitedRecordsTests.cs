using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Tests.Staging;

/// <summary>A file that breaks the rules loses the records that break them, and no other.</summary>
public sealed class DelimitedRecordsTests
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
        var records = Read("a,b\n1,\"x\n2,y\n3,z\n");
        Assert.Equal([null, "a quote opens and is not closed", null, null], records.Select(record => record.Fault));
        Assert.Equal([1L, 2L, 3L, 4L], records.Select(record => record.Line));
        Assert.Equal("1,\"x", records[1].Raw);
        Assert.Equal(["2", "y"], records[2].Fields);
    }

    [Fact]
    public void UnclosedQuote_BeforeAGoodQuotedLine_DoesNotSwallowIt()
    {
        var records = Read("a,b,c\n1,\"x,y\n2,\"y,z\",w\n3,\"z\",v\n");
        Assert.Equal(["2", "y,z", "w"], records[2].Fields);
        Assert.Equal(["3", "z", "v"], records[3].Fields);
        Assert.NotNull(records[1].Fault);
        Assert.Equal(4, records.Length);
    }

    [Fact]
    public void DelimitersAtTheEnd_WithNothingBetweenThem_SayNothing_AndValuesBeyondTheHeaderAreAFault()
    {
        var records = Read("a,b\n1,x,,\n2,\"y\ny\",, \n3,z,,v\n4,\"w\nw\",\"\",\n5\n6,\"q\" ,\n");
        Assert.Equal(["1,x", "2,y\ny", "4,w\nw", "6,q"], records[1..].Where(record => record.Fault is null).Select(record => string.Join(',', record.Fields)));
        Assert.Equal(["3,z,,v", "5"], records.Where(record => record.Fault is not null).Select(record => record.Raw));
    }

    [Fact]
    public void RecordOfSeveralLines_KeepsTheLineOnWhichItBegins()
    {
        var records = Read("a,b\n\n1,\"x\n\n\"\"y\n\"\n2,z\n");
        Assert.Equal([1L, 3L, 7L], records.Select(record => record.Line));
        Assert.Equal("x\n\n\"y\n", records[1].Fields[1]);
    }

    [Fact]
    public void QuotedRecordBeyondTheLimit_IsGivenUpLineByLine()
    {
        var lines = string.Concat(Enumerable.Repeat(new string('x', 99) + "\n", 1000));
        var records = Read($"a,b\n1,\"{lines}\"\n2,y\n");
        Assert.NotNull(records[1].Fault);
        Assert.Equal(["2", "y"], records[^1].Fields);
    }

    [Fact]
    public void HugeFieldOfOneLine_IsRead() =>
        Assert.Equal(5_000_000, Read($"a,b\n1,\"{new string('x', 5_000_000)}\"\n")[1].Fields[1].Length);

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
            var text = "h,h,h\n" + string.Concat(written.Select(row => string.Join(',', row.Select(Quoted)) + "\n"));
            Assert.Equal(written.Where(row => row.Any(field => field.Trim(' ').Length > 0)), Read(text)[1..].Select(record => record.Fields));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void AnyText_GivesEveryLineOnceInOrder()
    {
        var parts = Gen.ArrayOf(Gen.Elements("a", ",", "\"", "\"\"", "\n", "\n", "\r\n", "\0")).Select(chosen => string.Concat(chosen)).ToArbitrary();
        Prop.ForAll(parts, text =>
        {
            var lines = Lines("h,h\n" + text);
            var given = Read("h,h\n" + text).SelectMany(record => Enumerable.Range((int)record.Line, 1 + (record.Raw ?? string.Concat(record.Fields)).Count(sign => sign == '\n')));
            var expected = Enumerable.Range(1, lines.Count);
            Assert.Equal(expected.Where(HasValue), given.Where(HasValue));
            bool HasValue(int line) => lines[line - 1].Any(sign => sign is not (',' or '"'));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void AnyTexts_WrittenWithEscapes_AreReadAsTheyWere()
    {
        var texts = Gen.ArrayOf(Gen.Elements("a", ",", "\"", "\\", "\\\"", "\n", "é")).Select(chosen => string.Concat(chosen)).Two().ToArbitrary();
        Prop.ForAll(texts, pair =>
        {
            var (left, right) = ("b" + pair.Item1, pair.Item2);
            var quoted = $"\"{Escaped(left, "\\\"")}\",\"{Escaped(right, "\\\"")}\"\nnext,x\n";
            Assert.Equal([[left, right], ["next", "x"]], Read(new SlowStream(Encoding.UTF8.GetBytes("h,k\n" + quoted), 3), '\\')[1..].Select(record => record.Fields));
            var (bareLeft, bareRight) = (left.ReplaceLineEndings(""), "a" + right.ReplaceLineEndings(""));
            var bare = $"{Escaped(bareLeft, "\\,")},{Escaped(bareRight, "\\,")}\nnext,x\n";
            Assert.Equal([[bareLeft, bareRight], ["next", "x"]], Read(new SlowStream(Encoding.UTF8.GetBytes("h,k\n" + bare), 3), '\\')[1..].Select(record => record.Fields));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

        static string Escaped(string text, string signs) => string.Concat(text.Select(sign => signs.Contains(sign, StringComparison.Ordinal) ? $"\\{sign}" : $"{sign}"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void StreamThatGivesFewBytesAtATime_GivesTheSameRecords(int atOnce)
    {
        foreach (var text in new[]
        {
            "h,k\na,é\n", "h,k\r\n\"a\"\"\",漢\r\n", "h,k\n\"a\nb\",c\n", "h,k\na\n", "h,k\na,b\rc,d\n", "\uFEFFh,k\na,𝄞", "h,k\na,\"b", "h,k\na,b\r",
        })
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Assert.Equal(Shown(Read(new MemoryStream(bytes))), Shown(Read(new SlowStream(bytes, atOnce))));
        }
    }

    [Theory]
    [InlineData("a,é\n")]
    [InlineData("a,漢\n")]
    [InlineData("a,𝄞\n")]
    [InlineData("\"a\"\"b\",c\n")]
    [InlineData("\"a\nb\",c\n")]
    [InlineData("a,b\r\n")]
    [InlineData("\"a\",\"b\"\r\n")]
    [InlineData("\"a\\\"\\\\\",b\\,c\n", '\\')]
    public void RecordAcrossABufferBoundary_IsOneRecord(string row, char? escape = null)
    {
        // Every byte of the row comes to stand first in the second buffer once.
        const int FirstBuffer = (1 << 19) - (1 << 16);
        var bytes = Encoding.UTF8.GetBytes(row);
        var expected = Read(new MemoryStream([.. "h,k\n"u8, .. bytes]), escape)[1];
        for (var shift = 0; shift <= bytes.Length; shift++)
        {
            var filling = Encoding.UTF8.GetBytes("h,k\n" + new string('x', FirstBuffer - 4 - 3 - shift) + ",y\n");
            var records = Read(new MemoryStream([.. filling, .. bytes, .. bytes]), escape);
            Assert.Equal(4, records.Length);
            Assert.All(records[2..], record => Assert.Equal(expected.Fields, record.Fields));
        }
    }

    [Theory]
    [InlineData("é")]
    [InlineData("漢")]
    [InlineData("𝄞")]
    public void CharacterCutOff_IsAFault(string character)
    {
        var bytes = Encoding.UTF8.GetBytes("h,k\na," + character);
        Assert.Null(Read(new MemoryStream(bytes))[1].Fault);
        for (var cut = 1; cut < Encoding.UTF8.GetByteCount(character); cut++)
        {
            Assert.Equal("The record has bytes that are no characters in the file's encoding.", Read(new MemoryStream(bytes[..^cut]))[1].Fault);
        }
    }

    [Fact]
    public void LineBeyondTheLimit_IsSetAsideAndTheNextIsRead()
    {
        var records = Read($"a,b\n1,{new string('x', DelimitedRecords.LongestLine + 5)}\n2,y\n");
        Assert.Equal(3, records.Length);
        Assert.Contains("longer than", records[1].Fault);
        Assert.Equal((3, "2", "y"), (records[2].Line, records[2].Fields[0], records[2].Fields[1]));
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
        var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var records = new DelimitedRecords(stream, ",", '"');
        records.ReadHeader();
        var count = records.Read().Sum(block => block.Count + block.Broken.Count);
        var perLine = (GC.GetAllocatedBytesForCurrentThread() - before) / Lines;

        // Were texts put together for every line again, it would be the look-ahead of 64 Ki characters.
        Assert.True(perLine < 2048, $"{perLine} bytes were allocated for each line.");
        Assert.True(count > 1);
    }

    [Theory]
    [InlineData("1,\"say \\\"hi\\\", x\"\n", "say \"hi\", x")]
    [InlineData("1,a\\,b\n", "a,b")]
    [InlineData("1,\"c:\\\\\"\n", "c:\\")]
    [InlineData("1,\"a \"\"b\"\" \\\"c\\\"\"\n", "a \"b\" \"c\"")]
    [InlineData("1,\\N\n", "\\N")]
    [InlineData("1,\"x\\\ny\"\n", "x\ny")]
    [InlineData("1,a\"\"b\\,c", "a\"\"b,c")]
    [InlineData("1,x\\", "x\\")]
    public void EscapeTakesTheMeaningOfTheNextCharacter(string record, string value) =>
        Assert.Equal(["1", value], Read(new MemoryStream(Encoding.UTF8.GetBytes("a,b\n" + record)), '\\')[1].Fields);

    [Theory]
    [InlineData("1,12, Main Street,x", "1|12, Main Street|x")]
    [InlineData("1,2, rue A, b,x", "1|2, rue A, b|x")]
    [InlineData("Smith, Ann,b, c,x", "Smith, Ann|b, c|x")]
    [InlineData("1, a,x", "1| a|x")]
    [InlineData("1,2, \"a\",x", "1|2, \"a\"|x")]
    [InlineData("1,a,b,x", null)]
    [InlineData("1, a, b,x", null)]
    [InlineData("1,\"a\", b,x", null)]
    [InlineData("1, ,b,x", null)]
    public void DelimitersBeforeABlank_AreJoinedWhereThatLeavesTheFieldsOfTheHeader(string record, string? fields)
    {
        var read = Read(new MemoryStream(Encoding.UTF8.GetBytes($"a,b,c\n{record}\nlast,one,ok\n")), joins: true);

        Assert.Equal(fields ?? "", string.Join('|', read[1].Fields));
        Assert.Equal(fields is null ? "The record has 4 fields, and the header has 3." : null, read[1].Fault);
        Assert.Equal(["last", "one", "ok"], read[2].Fields);
    }

    private static Record[] Read(string text) => Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    /// <summary>The header and the records, those at fault among the others.</summary>
    private static Record[] Read(Stream stream, char? escape = null, bool joins = false)
    {
        const string Prefix = "The record cannot be split into fields: ";
        var reader = new DelimitedRecords(stream, ",", '"', escape) { JoinsStrayDelimiters = joins };
        var records = new List<Record> { new(1, [.. reader.ReadHeader()], null, null) };
        foreach (var block in reader.Read())
        {
            records.AddRange(block.Broken.Select(broken => new Record(
                broken.Line, [], broken.Reason.StartsWith(Prefix, StringComparison.Ordinal) ? broken.Reason[Prefix.Length..^1] : broken.Reason, broken.Raw)));
            for (var row = 0; row < block.Count; row++)
            {
                var fields = new List<string>();
                foreach (var field in block.Record(row))
                {
                    fields.Add(Encoding.UTF8.GetString(block.Text(field)));
                }

                records.Add(new Record(block.Line(row), [.. fields], null, null));
            }
        }

        return [.. records.OrderBy(record => record.Line)];
    }

    private static string Shown(IEnumerable<Record> records) =>
        string.Join('\n', records.Select(record => $"{record.Line} {string.Join('|', record.Fields)} {record.Fault} {record.Raw}"));

    private static string Quoted(string field) => $"\"{field.Replace("\"", "\"\"")}\"";

    private sealed record Record(long Line, string[] Fields, string? Fault, string? Raw);

    private sealed class SlowStream(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(atOnce, buffer.Length)]);
    }

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
