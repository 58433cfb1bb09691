using System.Globalization;
using System.Text;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Staging;
using Warehouse.Testing;

namespace Warehouse.Etl.Tests.Sources;

/// <summary>
/// What the test suites of other readers of delimited text say of it, each case in a text of its own: the header, then the records,
/// with « ¦ » between fields and « / » between records; of a record that is rejected « ! » and the rule. ␍ and ␊ stand for CR and LF.
/// </summary>
public sealed class PublishedTextTests : IDisposable
{
    private readonly FreshFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("csv-spectrum comma_in_quotes", "first,last,address,city␊Ann,Lee,\"3, High Street\",Bath␊", "first¦last¦address¦city/Ann¦Lee¦3, High Street¦Bath")]
    [InlineData("csv-spectrum empty", "a,b,c␊1,\"\",\"\"␊2,3,4␊", "a¦b¦c/1¦¦/2¦3¦4")]
    [InlineData("csv-spectrum empty_crlf", "a,b,c␍␊1,\"\",\"\"␍␊2,3,4␍␊", "a¦b¦c/1¦¦/2¦3¦4")]
    [InlineData("csv-spectrum escaped_quotes", "a,b␊1,\"so \"\"far\"\" so good\"␊3,4", "a¦b/1¦so \"far\" so good/3¦4")]
    [InlineData("csv-spectrum json", "key,val␊1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [1.5, 0]}\"␊", "key¦val/1¦{\"type\": \"Point\", \"at\": [1.5, 0]}")]
    [InlineData("csv-spectrum newlines", "a,b,c␊1,2,3␊\"one␊more line\",5,6␊7,8,9␊", "a¦b¦c/1¦2¦3/one␊more line¦5¦6/7¦8¦9")]
    [InlineData("csv-spectrum newlines_crlf", "a,b,c␍␊1,2,3␍␊\"one␍␊more line\",5,6␍␊7,8,9␍␊", "a¦b¦c/1¦2¦3/one␊more line¦5¦6/7¦8¦9")]
    [InlineData("csv-spectrum quotes_and_newlines", "a,b␊1,\"not␊\"\"so\"\"␊far\"␊3,4␊", "a¦b/1¦not␊\"so\"␊far/3¦4")]
    [InlineData("csv-spectrum simple", "a,b,c␊1,2,3", "a¦b¦c/1¦2¦3")]
    [InlineData("csv-spectrum simple_crlf", "a,b,c␍␊1,2,3", "a¦b¦c/1¦2¦3")]
    [InlineData("csv-spectrum utf8", "a,b,c␊1,2,3␊4,5,ʤ漢𝄞", "a¦b¦c/1¦2¦3/4¦5¦ʤ漢𝄞")]
    [InlineData("csv-spectrum location_coordinates", "name,place␊\"A & B, Inc\",\"12 Elm St␊Salem, OR␊(44.94, -123.03)\"␊", "name¦place/A & B, Inc¦12 Elm St␊Salem, OR␊(44.94, -123.03)")]
    [InlineData("Papa Parse whitespace at the edges of an unquoted field", "x,y,z␊a,\tb ,c", "x¦y¦z/a¦\tb ¦c")]
    [InlineData("Papa Parse quoted field with whitespace at its edges", "x,y,z␊A,\" B  \",C", "x¦y¦z/A¦ B  ¦C")]
    [InlineData("Papa Parse quotes at the end of an unquoted field", "x,y,z␊A,B\",C", "x¦y¦z/A¦B\"¦C")]
    [InlineData("Papa Parse quotes around the delimiter", "x,y,z␊A,\"\"\",\"\"\",C", "x¦y¦z/A¦\",\"¦C")]
    [InlineData("Papa Parse quotes right of the delimiter", "x,y,z␊A,\",\"\"\",C", "x¦y¦z/A¦,\"¦C")]
    [InlineData("Papa Parse quotes left of the delimiter", "x,y,z␊A,\"\"\",\",C", "x¦y¦z/A¦\",¦C")]
    [InlineData("Papa Parse five quotes in a row", "x,y,z␊\"1\",\"n=\"\"\"\",m=\"\"\"\"\",\"2\"", "x¦y¦z/1¦n=\"\",m=\"\"¦2")]
    [InlineData("Papa Parse quotes within an unquoted field", "x,y,z␊A,B \"B\",C", "x¦y¦z/A¦B \"B\"¦C")]
    [InlineData("Papa Parse no closing quote", "x,y,z␊a,\"b,c␊d,e,f", "x¦y¦z/!quote/d¦e¦f")]
    [InlineData("Papa Parse a quote that closes wrongly", "x,y,z␊a,\"b\"c,d␊e,f,g", "x¦y¦z/!quote/e¦f¦g")]
    [InlineData("Papa Parse blanks between a closing quote and the delimiter", "x,y,z␊A,\"B\"  ,C␊E,F,\"G\" ␍␊", "x¦y¦z/A¦B¦C/E¦F¦G")]
    [InlineData("Papa Parse the first field of the next line is empty", "x,y,z␊,e,f␊,\"h\",\"i\"␊,\"k\",\"l\"", "x¦y¦z/¦e¦f/¦h¦i/¦k¦l")]
    [InlineData("Papa Parse several empty fields", "u,v,w,x,y,z␊a,b,,,c,d␊,,e,,,f", "u¦v¦w¦x¦y¦z/a¦b¦¦¦c¦d/¦¦e¦¦¦f")]
    [InlineData("Papa Parse one column with empty lines", "a␊b␊␊␊c␊", "a/b/c")]
    [InlineData("Papa Parse two rows, CR alone", "A,b,c␍d,E,f", "A¦b¦c/d¦E¦f")]
    [InlineData("Papa Parse comments", "# one␊a,b␊# two, with a comma␊1,2␊# end", "a¦b/1¦2", "#")]
    [InlineData("Papa Parse a comment of several lines is none", "a,b␊1,\"x␊# y\"", "a¦b/1¦x␊# y", "#")]
    [InlineData("Papa Parse nothing but comments", "# one␊# two", "", "#")]
    [InlineData("Papa Parse too few and too many fields", "a,b,c␊1,2␊1,2,3,4␊1,2,3", "a¦b¦c/!fields/!fields/1¦2¦3")]
    [InlineData("Papa Parse a quote that is not \"", "a'b␊1,'x,''y'''␊", "a'b/!fields", "", ",", "'")]
    [InlineData("Papa Parse quoteChar", "a,b␊1,'x, ''y'''␊2,\"z\"", "a¦b/1¦x, 'y'/2¦\"z\"", "", ",", "'")]
    [InlineData("Papa Parse escapeChar", "a,b␊1,\"x|\"y|\"\"", "a¦b/1¦x\"y\"", "", ",", "\"", "|")]
    [InlineData("Papa Parse a delimiter of several characters", "a, b, c␊d, e, f", "a¦b¦c/d¦e¦f", "", ", ")]
    [InlineData("Papa Parse a byte-order mark before a quote", "\uFEFF\"a\",b␊1,2", "a¦b/1¦2")]
    [InlineData("Python csv test_read_oddinputs", "a,b␊ab\0c,1␊x,2", "a¦b/!quote/x¦2")]
    [InlineData("Python csv test_read_eol", "a,b␍1,2␍␊3,4␊5,6␊␍7,8", "a¦b/1¦2/3¦4/5¦6/7¦8")]
    [InlineData("Python csv test_read_escape", "a,b␊x,\"y\\\"\"␊1\\,2,3", "a¦b/x¦y\"/1,2¦3", "", ",", "\"", "\\")]
    [InlineData("Python csv test_read_skipinitialspace", "no, space␊a, \"b, c\"␊ \"d\" , e", "no¦space/a¦b, c/d¦ e")]
    [InlineData("Python csv test_quotes_and_more", "a␊\"b\"\"\"␊\"c\"d", "a/b\"/!quote")]
    [InlineData("Python csv test_quotes_in_unquoted", "a,b␊3\",5\" x 7\"", "a¦b/3\"¦5\" x 7\"")]
    [InlineData("pandas a delimiter at the end of each line but the header", "a,b␊1,2,␊3,4,", "a¦b/1¦2/3¦4")]
    [InlineData("pandas a delimiter at the end of the header alone", "a,b,␊1,2␊3,4,␊5,6,7", "a¦b¦/1¦2¦/3¦4¦/5¦6¦7")]
    [InlineData("pandas a column without a name before the others", ",a,b␊0,1,2", "¦a¦b/0¦1¦2")]
    [InlineData("pandas skip_blank_lines", "␊␊a,b␊␊ ␊1,2␊,␊", "a¦b/1¦2")]
    [InlineData("pandas a header alone", "a,b,c", "a¦b¦c")]
    [InlineData("pandas nothing but line ends", "␊␍␊␊", "")]
    [InlineData("pandas sep of several characters", "a::b::c␊1::\"x::y\"::3␊4::::5:6␊", "a¦b¦c/1¦x::y¦3/4¦¦5:6", "", "::")]
    [InlineData("pandas a sign of the delimiter at the end", "a::b␊1:::x␊2::y:", "a¦b/1¦:x/2¦y:", "", "::")]
    [InlineData("DuckDB all_quotes", "\"a\",\"b\"␊\"1\",\"\"", "a¦b/1¦")]
    [InlineData("DuckDB quote and escape are the same, at the end of the file", "a␊\"x\"\"\"", "a/x\"")]
    [InlineData("DuckDB unquoted escape", "a,b␊x\\,y,\\\\␊", "a¦b/x,y¦\\", "", ",", "\"", "\\")]
    [InlineData("DuckDB multidelimiter", "a|~|b␊1|~|\"2|~|3\"␊|~|4", "a¦b/1¦2|~|3/¦4", "", "|~|")]
    [InlineData("DuckDB blanks before a quote that encloses nothing", "a,b␊1, \"x\" y␊2, \"", "a¦b/1¦ \"x\" y/2¦ \"")]
    [InlineData("DuckDB the header again", "a,b␊1,2␊a,b␊3,4", "a¦b/1¦2/!header/3¦4")]
    [InlineData("W3C CSVW test: a header with blanks", " a , \"b c\" ␊1,2", "a¦b c/1¦2")]
    [InlineData("RFC 4180 rule 2: the last line without an end", "a,b␍␊1,2", "a¦b/1¦2")]
    [InlineData("RFC 4180 rule 6: line ends, quotes and commas in quotes", "a,b␍␊\"x␍␊\"\"y\"\",\",2␍␊", "a¦b/x␊\"y\",¦2")]
    public async Task Text_IsReadAsTheSuiteSays(string evidence, string text, string expected, string comment = "", string delimiter = ",", string quote = "\"", string escape = "")
    {
        var source = Plain with
        {
            Delimiter = delimiter,
            Quote = quote[0],
            Comment = comment.Length > 0 ? comment[0] : null,
            Escape = escape.Length > 0 ? escape[0] : null,
        };
        var bytes = Encoding.UTF8.GetBytes(text.Replace('␍', '\r').Replace('␊', '\n'));

        Assert.True(expected == await ReadAsync(bytes, source), $"{evidence}: {await ReadAsync(bytes, source)}");
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task ByteOrderMark_IsNoPartOfTheFirstName(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        Assert.Equal("é¦b/漢¦𝄞", await ReadAsync([.. encoding.GetPreamble(), .. encoding.GetBytes("é,b\r\n漢,𝄞\r\n")], Plain));
    }

    [Theory]
    [InlineData("::", "a::\"b::\"\"c\"::d\n")]
    [InlineData("::", "a:: \"b\" ::d\n")]
    [InlineData("|~|", "é|~|x|y~|~|\n")]
    [InlineData(",", "a, \"b,\" ,c\r\n")]
    public async Task RecordAcrossTheEdgeOfABuffer_IsTheSame(string delimiter, string row)
    {
        // Every byte of the row comes to stand first in the second buffer once.
        const int FirstBuffer = (1 << 19) - (1 << 16);
        var source = Plain with { Delimiter = delimiter };
        var header = string.Join(delimiter, "h", "k", "l") + "\n";
        var expected = (await ReadAsync(Encoding.UTF8.GetBytes(header + row), source))["h¦k¦l".Length..];
        for (var shift = 0; shift <= Encoding.UTF8.GetByteCount(row); shift++)
        {
            var filling = new string('x', FirstBuffer - header.Length - shift - (2 * delimiter.Length) - 1);
            var read = await ReadAsync(Encoding.UTF8.GetBytes($"{header}{filling}{delimiter}{delimiter}\n{row}{row}"), source);
            Assert.Equal($"h¦k¦l/{filling}¦¦{expected}{expected}", read);
        }
    }

    [Fact]
    public async Task TenThousandColumns_AreRead()
    {
        var names = string.Join(',', Enumerable.Range(0, 10_000).Select(number => number.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal($"x{names}/{names}".Replace(',', '¦'), await ReadAsync(Encoding.UTF8.GetBytes($"x{names}\n{names}\n"), Plain));
    }

    private static FeedSource Plain => new([], FileFormat.Csv, new SourcePart(null, null, null, null, null), null, null, '"', Encoding.UTF8, [], false, null);

    private async Task<string> ReadAsync(byte[] bytes, FeedSource source)
    {
        var path = _folder.Write("text.csv", bytes);
        await using var rows = await RowSources.OpenAsync(path, "text.csv", FileFormat.Csv, source, CancellationToken.None);
        var records = new List<(long Line, string Text)>();
        foreach (var block in rows.Read(CancellationToken.None))
        {
            using (block)
            {
                records.AddRange(block.Broken.Select(broken => (broken.Line, $"!{broken.Rule}")));
                records.AddRange(Enumerable.Range(0, block.Count).Select(row => (block.Line(row), Joined(block, row))));
            }
        }

        return string.Join('/', records.OrderBy(record => record.Line).Select(record => record.Text).Prepend(string.Join('¦', rows.Header))).Replace('\n', '␊');
    }

    private static string Joined(RecordBlock block, int row)
    {
        var fields = new List<string>();
        foreach (var field in block.Record(row))
        {
            fields.Add(Encoding.UTF8.GetString(block.Text(field)));
        }

        return string.Join('¦', fields);
    }
}
