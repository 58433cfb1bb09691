using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExcelDataReader;
using Warehouse.Verbs.Output;

namespace Warehouse.Service.Tests.Api;

/// <summary>Answers that spreadsheets open, read by another's reader.</summary>
public class WorkbookTests(ServedShop shop) : IClassFixture<ServedShop>
{
    static WorkbookTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("/api/v1/query?cube=sales&measures=net_sales,lines&by=date.day,product.id&limit=200")]
    [InlineData("/api/v1/rfm?customers=true")]
    [InlineData("/api/v1/cubes")]
    public async Task AWorkbook_HasTheRowsOfTheAnswer(string address)
    {
        var client = shop.ClientOf("analyst");
        var json = await client.GetFromJsonAsync<JsonElement>(address);
        using var answer = await client.GetAsync($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}format=xlsx");
        var rows = Rows(await answer.Content.ReadAsByteArrayAsync());

        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(json.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()), rows[0]);
        Assert.Equal(
            json.GetProperty("rows").EnumerateArray().Select(row => string.Join('|', row.EnumerateArray().Select(value => Text(value)))),
            rows.Skip(1).Select(row => string.Join('|', row.Select(Text))));
    }

    [Fact]
    public async Task AValue_KeepsItsKind_OrIsAText()
    {
        var path = Path.Combine(shop.Folder.Path, "values.xlsx");
        object?[] values =
        [
            null, 7L, -1.5m, 12345678901234567890m, double.NaN, true, new DateOnly(2026, 2, 28), new DateOnly(1900, 2, 28),
            new DateTime(2026, 2, 28, 18, 30, 0, DateTimeKind.Unspecified), new DateTimeOffset(2026, 2, 28, 18, 30, 0, TimeSpan.FromHours(2)), "=1+1", "<&> ü \u0001",
        ];
        var columns = values.Select((_, place) => new AnswerColumn($"c{place}", "VARCHAR")).ToArray();
        await XlsxAnswer.WriteAsync(new Answer(1, null, "", columns, [values]), path, CancellationToken.None);
        var row = Rows(await File.ReadAllBytesAsync(path))[1];

        Assert.Equal(
            [
                null, 7d, -1.5d, "12345678901234567890", "NaN", "true", new DateTime(2026, 2, 28, 0, 0, 0, DateTimeKind.Unspecified), "1900-02-28",
                new DateTime(2026, 2, 28, 18, 30, 0, DateTimeKind.Unspecified), new DateTime(2026, 2, 28, 16, 30, 0, DateTimeKind.Unspecified),
            ],
            row[..10]);
        Assert.EndsWith("=1+1", (string)row[10]!, StringComparison.Ordinal);
        Assert.Equal("<&> ü \uFFFD", row[11]);
    }

    private static object?[][] Rows(byte[] workbook)
    {
        using var stream = new MemoryStream(workbook);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
        }

        return [.. rows];
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string Text(object? value) => value switch
    {
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
