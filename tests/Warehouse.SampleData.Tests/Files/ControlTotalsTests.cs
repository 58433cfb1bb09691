using System.Globalization;
using System.Text.Json;
using Warehouse.Testing;

namespace Warehouse.SampleData.Tests.Files;

/// <summary>The control totals against a count that knows the files and the rules of TRUTH.md, and not what was planted.</summary>
[Collection(SmallSampleTests.Name)]
public sealed class ControlTotalsTests(SmallSample sample)
{
    [Fact]
    public void OrderFiles_CountedAnew_GiveTheirTotals()
    {
        var rates = Rates();
        var persons = Persons();
        var everybody = new HashSet<int>();
        foreach (var totals in sample.Totals.Files.Where(file => file.Sales is not null))
        {
            var (counted, customers) = Count(totals.File, rates, persons);
            Assert.Equal(totals, counted);
            everybody.UnionWith(customers);
        }

        Assert.Equal(everybody.Count, sample.Totals.Sales.Customers);
        Assert.Equal(sample.Totals.Files.Sum(file => file.Sales?.NetGbp ?? 0), sample.Totals.Sales.NetGbp);
    }

    [Fact]
    public void TextFiles_RecordsAfterTheHeader_AreTheRows()
    {
        foreach (var totals in sample.Totals.Files.Where(file => !file.File.EndsWith(".parquet", StringComparison.Ordinal)))
        {
            Assert.Equal(totals.Rows, RawFile.Records(Path.Combine(sample.Folder.Data, totals.File)).Count - 1);
        }
    }

    [Fact]
    public void ParquetFiles_Rows_AreTheRows()
    {
        foreach (var totals in sample.Totals.Files.Where(file => file.File.EndsWith(".parquet", StringComparison.Ordinal)))
        {
            Assert.Equal([totals.Rows], sample.Folder.Numbers($"SELECT count(*) FROM '{{data}}/{totals.File}'"));
        }
    }

    [Fact]
    public void Faults_ByOutcome_AddUpToTheTotals()
    {
        foreach (var totals in sample.Totals.Files)
        {
            var counts = sample.Folder.Rows(
                $"SELECT outcome, count(*) FROM '{{truth}}/dirt.parquet' WHERE file = '{totals.File}' GROUP BY outcome")
                .ToDictionary(row => (string)row[0], row => (long)row[1]);
            Assert.Equal(totals.Rejected, counts.GetValueOrDefault("reject"));
            Assert.Equal(totals.Duplicates, counts.GetValueOrDefault("duplicate"));
        }
    }

    [Fact]
    public async Task Rejects_OfTheSmallestSample_AreFewerThanOneInAHundredOfEachDataSet()
    {
        using var folder = new FreshFolder();
        var totals = await RetailGenerator.GenerateAsync(
            new RetailOptions { Customers = RetailOptions.FewestCustomers }, folder.Path, folder.Path);
        foreach (var set in totals.Files.GroupBy(file => file.File.Split('-')[0]))
        {
            Assert.True(set.Sum(file => file.Rejected) < set.Sum(file => file.Rows) / 100.0, set.Key);
        }
    }

    [Fact]
    public void ControlTotals_AsJson_SayTheSame()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(sample.Folder.Truth, "control_totals.json")));
        Assert.Equal(sample.Totals.Sales.NetGbp, json.RootElement.GetProperty("sales").GetProperty("netGbp").GetDecimal());
        Assert.Equal(sample.Totals.Files.Count, json.RootElement.GetProperty("files").GetArrayLength());
        Assert.Equal(2_000, json.RootElement.GetProperty("options").GetProperty("customers").GetInt32());
    }

    private (FileTotals Totals, HashSet<int> Customers) Count(
        string file, IReadOnlyList<(DateOnly From, decimal Rate)> rates, Dictionary<string, int> persons)
    {
        var records = RawFile.Records(Path.Combine(sample.Folder.Data, file));
        var header = records[0].Fields;
        var seen = new HashSet<string>();
        var orders = new HashSet<string>();
        var customers = new HashSet<int>();
        var (rejected, duplicates, returns, net) = (0L, 0L, 0L, 0m);
        foreach (var record in records.Skip(1))
        {
            if (Read(header, record.Fields, rates) is not { } line)
            {
                rejected++;
            }
            else if (!seen.Add(record.Text))
            {
                duplicates++;
            }
            else
            {
                net += line.Net;
                returns += line.Quantity < 0 ? 1 : 0;
                if (line.Quantity > 0)
                {
                    orders.Add(line.Order);
                }

                if (persons.TryGetValue(line.Customer.Trim().ToUpperInvariant(), out var person))
                {
                    customers.Add(person);
                }
            }
        }

        var totals = new FileTotals
        {
            File = file,
            Rows = records.Count - 1,
            Rejected = rejected,
            Duplicates = duplicates,
            Sales = new SalesTotals { NetGbp = net, Orders = orders.Count, ReturnLines = returns, Customers = customers.Count },
        };
        return (totals, customers);
    }

    private static (string Order, string Customer, int Quantity, decimal Net)? Read(
        IReadOnlyList<string> header, IReadOnlyList<string> fields, IReadOnlyList<(DateOnly From, decimal Rate)> rates)
    {
        if (fields.Count != header.Count)
        {
            return null;
        }

        string Field(string column) => fields[header.ToList().IndexOf(column)];

        var isRight = Field("order_id").Length > 0
            & Field("customer") != "TEST"
            & DateTime.TryParseExact(
                Field("ordered_at"), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            & int.TryParse(Field("quantity"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quantity)
            & decimal.TryParse(Field("unit_price"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            & decimal.TryParse(Field("discount"), NumberStyles.Number, CultureInfo.InvariantCulture, out var discount);
        if (!isRight || quantity == 0 || DateOnly.FromDateTime(time) >= SmallSample.Options.To)
        {
            return null;
        }

        var rate = Field("currency") == "GBP" ? 1 : rates.Last(r => r.From <= DateOnly.FromDateTime(time)).Rate;
        return (Field("order_id"), Field("customer"), quantity, ((quantity * price) - discount) * rate);
    }

    private IReadOnlyList<(DateOnly From, decimal Rate)> Rates() =>
        [.. RawFile.Records(Path.Combine(sample.Folder.Data, "rates/exchange_rates.csv")).Skip(1)
            .Select(record => (
                DateOnly.ParseExact(record.Fields[0], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                decimal.Parse(record.Fields[3], CultureInfo.InvariantCulture)))];

    private Dictionary<string, int> Persons() =>
        sample.Folder.Rows("SELECT upper(reference), min(person_id) FROM '{truth}/references.parquet' WHERE kind <> 'phone' GROUP BY ALL")
            .ToDictionary(row => (string)row[0], row => (int)row[1]);
}
