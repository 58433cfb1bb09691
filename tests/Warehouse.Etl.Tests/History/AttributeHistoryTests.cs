using Warehouse.Definitions;

namespace Warehouse.Etl.Tests.History;

/// <summary>Which attributes keep a history, and what was known when.</summary>
public sealed class AttributeHistoryTests : EtlTest
{
    private const string Customers =
        """
        source: {files: "data/customers*.csv"}
        identity: crm
        into: customer
        columns: {id: id, valid_from: since, occupation: occupation, city: {from: city, history: latest}, birth_year: {from: born, history: latest}}
        """;

    private const string Versions = "SELECT occupation, city, birth_year, CAST(valid_from AS VARCHAR) FROM star.dim_customer WHERE customer_key >= 0 ORDER BY customer_id, valid_from";

    [Fact]
    public async Task LatestAttribute_HoldsInAllVersions_WhileTheOthersKeepTheirs()
    {
        Feed("crm", Customers);
        Data("customers1.csv", "id,since,occupation,city,born\nC1,2020-01-01,student,Leeds,\n");
        await LoadAsync();
        Data("customers2.csv", "id,since,occupation,city,born\nC1,2024-01-01,nurse,York,1999\n");
        await LoadAsync();
        Assert.Equal(["student | York | 1999 | 0001-01-01 00:00:00+00", "nurse | York | 1999 | 2024-01-01 00:00:00+00"], await RowsAsync(Versions));
    }

    [Fact]
    public async Task TheSameToldAgain_AddsNothingToTheRecord()
    {
        Feed("crm", Customers.Replace("valid_from: since, ", "", StringComparison.Ordinal));
        for (var day = 1; day <= 3; day++)
        {
            Data($"customers{day}.csv", $"id,occupation,city,born,day\nC1,nurse,York,1999,{day}\n");
            Time.Advance(TimeSpan.FromDays(1));
            await LoadAsync();
        }

        Assert.Equal(["nurse | York | 1999 | 0001-01-01 00:00:00+00"], await RowsAsync(Versions));
        Assert.Equal("2", await RowAsync("SELECT count(*) FROM star.customer_record"));
    }

    [Fact]
    public async Task AnEarlierTime_SeesWhatWasKnownThen()
    {
        Feed("crm", Customers);
        Feed("products", "source: {files: \"data/products*.csv\"}\ninto: product\ncolumns: {id: id, valid_from: since, unit_cost: cost}");
        Data("customers1.csv", "id,since,occupation,city,born\nC1,2020-01-01,student,Leeds,\n");
        Data("products1.csv", "id,since,cost\nP,2020-01-01,1\n");
        await LoadAsync();
        Time.Advance(TimeSpan.FromDays(10));
        // Told late: since 2022 a nurse, which on the first of June nobody knew yet.
        Data("customers2.csv", "id,since,occupation,city,born\nC1,2022-01-01,nurse,York,\n");
        Data("products2.csv", "id,since,cost\nP,2021-01-01,2\n");
        await LoadAsync();
        const string Then = "SELECT occupation, city FROM star.customer_as_of(TIMESTAMPTZ '{0} 18:00:00+00') WHERE TIMESTAMPTZ '2023-01-01 00:00:00+00' >= valid_from AND TIMESTAMPTZ '2023-01-01 00:00:00+00' < valid_to";
        Assert.Equal(["student | Leeds"], await RowsAsync(Then.Replace("{0}", "2026-06-02", StringComparison.Ordinal)));
        Assert.Equal(["nurse | York"], await RowsAsync(Then.Replace("{0}", "2026-06-11", StringComparison.Ordinal)));
        Assert.Empty(await RowsAsync(Then.Replace("{0}", "2026-05-31", StringComparison.Ordinal)));
        Assert.Equal(["1.0000"], await RowsAsync("SELECT unit_cost FROM star.product_as_of(TIMESTAMPTZ '2026-06-02 18:00:00+00')"));
        Assert.Equal(
            await RowsAsync("SELECT customer_key, valid_from, valid_to, occupation, city FROM star.dim_customer WHERE customer_key >= 0 ORDER BY ALL"),
            await RowsAsync("SELECT customer_key, valid_from, valid_to, occupation, city FROM star.customer_as_of(TIMESTAMPTZ '9999-01-01 00:00:00+00') ORDER BY ALL"));
    }

    [Fact]
    public async Task HistoryOfSomethingThatHasNone_IsAFault()
    {
        Feed("sales", SaleFeed.Replace("quantity: quantity", "quantity: {from: quantity, history: latest}", StringComparison.Ordinal));
        Assert.Contains("\"history\" is not known", (await Assert.ThrowsAsync<DefinitionException>(() => LoadAsync())).Message);
    }
}
