namespace Warehouse.Etl.Tests.Mapping;

/// <summary>How each kind of column reads texts: one line each, what comes out of it or that it is rejected.</summary>
public sealed class ValueTests : EtlTest
{
    private const string Rejected = "rejected";

    protected override string Definition => "time_zone: Europe/London\n";

    [Theory]
    [InlineData("12", "12.0000")]
    [InlineData("12.5", "12.5000")]
    [InlineData("-0.5", "-0.5000")]
    [InlineData("+3", "3.0000")]
    [InlineData(" 7\t", "7.0000")]
    [InlineData("\u00A07\u3000", "7.0000")]
    [InlineData("1e3", "1000.0000")]
    [InlineData("1.23455", "1.2346")]
    [InlineData("-1.23455", "-1.2346")]
    [InlineData("2.5500000000000003", "2.5500")]
    [InlineData("99999999999999", "99999999999999.0000")]
    [InlineData("100000000000000", Rejected)]
    [InlineData("NaN", Rejected)]
    [InlineData("inf", Rejected)]
    [InlineData("0x10", Rejected)]
    [InlineData("1 000", Rejected)]
    [InlineData("12,5", Rejected)]
    [InlineData("12.5.1", Rejected)]
    [InlineData("£12", Rejected)]
    [InlineData("5%", Rejected)]
    [InlineData("-", Rejected)]
    [InlineData("", "NULL")]
    [InlineData("\t", "NULL")]
    [InlineData("\u00A0", "NULL")]
    public Task Number(string text, string value) => AssertAsync("unit_cost: v", "product", "unit_cost", text, value);

    [Theory]
    [InlineData("12,5", "12.5000")]
    [InlineData("1.234,5", "1234.5000")]
    [InlineData("-1.234.567,89", "-1234567.8900")]
    [InlineData("1.000", "1000.0000")]
    [InlineData("12", "12.0000")]
    [InlineData("1.5", Rejected)]
    [InlineData("12.50", Rejected)]
    [InlineData("1.23,4", Rejected)]
    [InlineData("1,234.5", Rejected)]
    [InlineData("1,2,3", Rejected)]
    public Task NumberWithDecimalComma(string text, string value) =>
        AssertAsync("unit_cost: v", "product", "unit_cost", text, value, "decimal: comma, delimiter: \";\"", ';');

    [Theory]
    [InlineData("5%", "0.0500")]
    [InlineData("12.5 %", "0.1250")]
    [InlineData("-3%", "-0.0300")]
    [InlineData("0.05", "0.0500")]
    [InlineData("5%%", Rejected)]
    [InlineData("%", Rejected)]
    public Task Percent(string text, string value) => AssertAsync("unit_cost: {from: v, clean: percent}", "product", "unit_cost", text, value);

    [Fact]
    public Task PercentWithDecimalComma() => AssertAsync(
        "unit_cost: {from: v, clean: [number, percent]}", "product", "unit_cost", "1.212,5 %", "12.1250", "decimal: comma, delimiter: \";\"", ';');

    [Theory]
    [InlineData("1972", "1972")]
    [InlineData("1972.0", "1972")]
    [InlineData("1972.5", Rejected)]
    [InlineData("72 years", Rejected)]
    [InlineData("-1", Rejected)]
    [InlineData("10000", Rejected)]
    [InlineData("99999999999999999999", Rejected)]
    public Task Whole(string text, string value) => AssertAsync("birth_year: v", "customer", "birth_year", text, value);

    [Theory]
    [InlineData("2024-01-05", "2024-01-05")]
    [InlineData("2024-1-5", "2024-01-05")]
    [InlineData("2024/01/05", "2024-01-05")]
    [InlineData("2024-01-05 18:30:00", "2024-01-05")]
    [InlineData("2024-02-30", Rejected)]
    [InlineData("5-1-24", Rejected)]
    [InlineData("05/01/2024", Rejected)]
    [InlineData("epoch", Rejected)]
    [InlineData("infinity", Rejected)]
    [InlineData("-infinity", Rejected)]
    [InlineData("2024-01-05 (BC)", Rejected)]
    [InlineData("10000-01-01", Rejected)]
    [InlineData("9999-12-31", Rejected)]
    [InlineData("2024", Rejected)]
    [InlineData("20240105", Rejected)]
    public Task Date(string text, string value) => AssertAsync("launched_on: v", "product", "strftime(launched_on, '%Y-%m-%d')", text, value);

    [Theory]
    [InlineData("%d/%m/%Y", "05/01/2024", "2024-01-05")]
    [InlineData("%d/%m/%Y", "2024-01-05", Rejected)]
    [InlineData("%d.%m.%y", "05.01.24", "2024-01-05")]
    [InlineData("%Y%m%d", "20240105", "2024-01-05")]
    [InlineData("%d/%m/%Y", "05/01/2024x", Rejected)]
    [InlineData("%d/%m/%Y", "31/02/2024", Rejected)]
    [InlineData("%Ey/%m/%d", "114/01/31", "2025-01-31")]
    [InlineData("%Ey年%m月%d日", "99年12月31日", "2010-12-31")]
    [InlineData("%Ey/%m/%d", "0/01/31", Rejected)]
    [InlineData("excel", "45292", "2024-01-01")]
    [InlineData("excel", "45292.99", "2024-01-01")]
    [InlineData("excel", "61", "1900-03-01")]
    [InlineData("excel", "60", Rejected)] // The 29 February 1900 of spreadsheets.
    [InlineData("excel", "59", "1900-02-28")]
    [InlineData("excel", "1", "1900-01-01")]
    [InlineData("excel", "0", Rejected)]
    [InlineData("excel", "2958466", Rejected)]
    [InlineData("excel", "2024-01-01", Rejected)]
    public Task DateOfAFormat(string format, string text, string value) =>
        AssertAsync($"launched_on: {{from: v, format: \"{format}\"}}", "product", "strftime(launched_on, '%Y-%m-%d')", text, value);

    [Theory]
    [InlineData("2024-01-05 18:30:00", "2024-01-05 18:30:00")]
    [InlineData("2024-07-05 18:30:00", "2024-07-05 17:30:00")]
    [InlineData("2024-07-05T18:30:00", "2024-07-05 17:30:00")]
    [InlineData("2024-07-05", "2024-07-04 23:00:00")]
    [InlineData("2024-07-05T18:30:00Z", "2024-07-05 18:30:00")]
    [InlineData("2024-07-05 18:30:00 UTC", "2024-07-05 18:30:00")]
    [InlineData("2024-07-05 18:30:00+02:00", "2024-07-05 16:30:00")]
    [InlineData("2024-07-05 18:30:00.25-0500", "2024-07-05 23:30:00")]
    [InlineData("2024-07-05 18:30:00-05", "2024-07-05 23:30:00")]
    [InlineData("2024-03-31 01:30:00", "2024-03-31 01:30:00")] // Does not exist in London: read as if the clocks had not gone forward yet.
    [InlineData("2024-10-27 01:30:00", "2024-10-27 01:30:00")] // Exists twice: the later, in winter time.
    [InlineData("2024-10-27 00:59:59", "2024-10-26 23:59:59")]
    [InlineData("2024-07-05 18:30:00 Mars/Crater", Rejected)]
    [InlineData("2024-07-05 25:00:00", Rejected)]
    [InlineData("5-7-24 18:30", Rejected)]
    [InlineData("infinity", Rejected)]
    [InlineData("epoch", Rejected)]
    public Task Instant(string text, string value) =>
        AssertAsync("valid_from: v", "product", "strftime(timezone('UTC', max(valid_from)), '%Y-%m-%d %H:%M:%S')", text, value, table: "star.product_record", whenNothing: "NULL");

    [Theory]
    [InlineData("%d/%m/%Y %H:%M", "05/07/2024 18:30", "2024-07-05 17:30:00")]
    [InlineData("%d/%m/%Y %I:%M:%S %p", "05/07/2024 06:30:00 PM", "2024-07-05 17:30:00")]
    [InlineData("%H:%M:%S.%f %d-%m-%y", "18:30:00.000 05-07-24", "2024-07-05 17:30:00")]
    [InlineData("%Y-%m-%d %H:%M:%S %z", "2024-07-05 18:30:00 +0200", "2024-07-05 16:30:00")]
    [InlineData("%d/%m/%Y %H:%M", "2024-07-05 18:30", Rejected)]
    [InlineData("excel", "45478.7708333333", "2024-07-05 17:30:00")]
    [InlineData("excel", "45292.999999999", "2024-01-02 00:00:00")]
    public Task InstantOfAFormat(string format, string text, string value) =>
        AssertAsync($"valid_from: {{from: v, format: \"{format}\"}}", "product", "strftime(timezone('UTC', max(valid_from)), '%Y-%m-%d %H:%M:%S')", text, value, table: "star.product_record", whenNothing: "NULL");

    [Fact]
    public Task InstantOfAZoneOfItsOwn() => AssertAsync(
        "valid_from: {from: v, time_zone: America/New_York}", "product", "strftime(timezone('UTC', max(valid_from)), '%Y-%m-%d %H:%M:%S')", "2024-07-05 18:30:00", "2024-07-05 22:30:00", table: "star.product_record");

    [Theory]
    [InlineData("yes", "True")]
    [InlineData("T", "True")]
    [InlineData("1", "True")]
    [InlineData("FALSE", "False")]
    [InlineData("n", "False")]
    [InlineData("maybe", Rejected)]
    [InlineData("2", Rejected)]
    [InlineData("", "NULL")]
    public Task Flag(string text, string value) => AssertAsync("is_replenished: v", "product", "is_replenished", text, value);

    [Theory]
    [InlineData("oui", "True")]
    [InlineData("NON", "False")]
    [InlineData("yes", Rejected)]
    public Task FlagOfWordsOfItsOwn(string text, string value) =>
        AssertAsync("is_replenished: {from: v, \"true\": [Oui], \"false\": [non]}", "product", "is_replenished", text, value);

    [Theory]
    [InlineData("00:02:23", "143")]
    [InlineData("01:00:00", "3600")]
    [InlineData("90", "90")]
    [InlineData("90.0", "90")]
    [InlineData("90.5", Rejected)]
    [InlineData("soon", Rejected)]
    [InlineData("1:99:99", Rejected)]
    [InlineData("99999999999:00:00", Rejected)]
    [InlineData("3000000000", Rejected)]
    public async Task Seconds(string text, string value)
    {
        Feed("contacts", "source: {files: data/v.csv}\ninto: contact\ncolumns: {contact_id: id, opened_at: at, talk_seconds: v}\n");
        Data("v.csv", $"id,at,v\nA,2024-01-05 10:00:00,{text}\n");
        await LoadAsync();
        Assert.Equal(value == Rejected ? [] : [value], await RowsAsync("SELECT talk_seconds FROM star.fact_contact"));
    }

    [Theory]
    [InlineData("lower", "ABC É", "abc é")]
    [InlineData("upper", "abc", "ABC")]
    [InlineData("digits", "+44 (0)20 7946", "440207946")]
    [InlineData("digits", "none", "NULL")]
    [InlineData("whole", "17850.0", "17850")]
    [InlineData("whole", "17850.5", "17850.5")]
    [InlineData("blanks", "a   b", "a b")]
    public Task Cleaning(string how, string text, string value) => AssertAsync($"name: {{from: v, clean: {how}}}", "product", "name", text, value);

    [Theory]
    [InlineData("N/A", "NULL")]
    [InlineData("n/a", "NULL")]
    [InlineData(" null ", "NULL")]
    [InlineData("nothing", "nothing")]
    public Task NullSpelling(string text, string value) =>
        AssertAsync("name: v", "product", "name", text, value, "\"null\": [\"n/a\", \"NULL\"]");

    [Fact]
    public async Task SourcesInOrder_TheFirstWithAValueCounts()
    {
        Feed("products", "source: {files: data/v.csv}\ninto: product\ncolumns: {id: id, name: [{from: a}, {from: b, clean: upper}]}\n");
        Data("v.csv", "id,a,b\n1,x,y\n2,,y\n3, ,\n");
        await LoadAsync();
        Assert.Equal(["1 | x", "2 | Y", "3 | NULL"], await RowsAsync("SELECT product_id, name FROM star.dim_product WHERE product_key >= 0 ORDER BY 1"));
    }

    [Fact]
    public async Task RateWithEightDecimals_IsKept()
    {
        Feed("rates", "source: {files: data/v.csv}\ninto: exchange_rate\ncolumns: {currency: c, valid_from: d, rate: r}\n");
        Data("v.csv", "c,d,r\nJPY,2024-01-01,0.00523456\nXXX,2024-01-01,0\nYYY,2024-01-01,-1\n");
        await LoadAsync();
        Assert.Equal(["JPY | 0.00523456"], await RowsAsync("SELECT currency, rate FROM star.exchange_rate"));
        Assert.Equal(2, (await RejectsAsync()).Count);
    }

    [Fact]
    public async Task LineOfAnotherCurrency_TakesTheRateOfItsDate_AndBeforeTheFirstRateIsRejected()
    {
        Feed("rates", "source: {files: data/r.csv}\ninto: exchange_rate\ncolumns: {currency: c, valid_from: d, rate: r}\n");
        Data("r.csv", "c,d,r\nEUR,2024-01-10,0.80\nEUR,2024-01-20,0.85\nEUR,2024-01-20,0.90\nUSD,,0.7\n");
        Feed("sales", "source: {files: data/s.csv}\ninto: sale\ncolumns: {order_id: o, ordered_at: at, product: p, quantity: q, unit_price: u, currency: c}\n");
        Data("s.csv", "o,at,p,q,u,c\nA,2024-01-09,P,1,10,EUR\nB,2024-01-10,P,1,10,EUR\nC,2024-01-19,P,1,10,EUR\nD,2024-01-20,P,1,10,EUR\nE,2030-01-01,P,1,10,GBP\nF,2024-01-20,P,1,10,USD\nG,2024-01-01,P,1,10,\n");
        await LoadAsync("rates", "sales");
        Assert.Equal(["B | 8.0000", "C | 8.0000", "D | 9.0000", "G | 10.0000"], await RowsAsync("SELECT order_id, net_amount FROM star.fact_sale ORDER BY 1"));
        Assert.Equal(
            ["5 required d", "2 rate c", "6 future at", "7 currency c"],
            await RowsAsync("SELECT source_line || ' ' || rule || ' ' || column_name FROM quality.reject ORDER BY source, source_line"));
    }

    /// <summary>Loads one row with a key and a text, and compares the value with what the star holds of it.</summary>
    private async Task AssertAsync(
        string mapping, string target, string select, string text, string value, string? source = null, char delimiter = ',', string? table = null, string? whenNothing = null)
    {
        Feed("it", $"source: {{files: data/v.csv{(source is null ? "" : ", " + source)}}}\nidentity: shop\ninto: {target}\ncolumns: {{id: id, {mapping}}}\n");
        Data("v.csv", $"id{delimiter}v\nA{delimiter}\"{text}\"\n");
        var report = Assert.Single((await LoadAsync()).Files);
        Assert.Equal(value == Rejected ? 1 : 0, report.RowsRejected);
        Assert.Equal(1, report.RowsRejected + report.RowsLoaded);
        string[] nothing = whenNothing is null ? [] : [whenNothing];
        Assert.Equal(
            value == Rejected ? nothing : [value],
            await RowsAsync($"SELECT {select} FROM {table ?? $"star.dim_{target} WHERE {target}_key >= 0"}"));
        if (value == Rejected)
        {
            Assert.Contains(text.Trim(), await RowAsync("SELECT reason FROM quality.reject"));
        }
    }
}
