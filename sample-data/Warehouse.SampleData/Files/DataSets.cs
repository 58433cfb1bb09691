using System.Text;
using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Dirt;

namespace Warehouse.SampleData.Files;

/// <summary>The text files of the workspace: their columns, how they are cut, and the faults that they have.</summary>
internal sealed class DataSets
{
    private const long RowsPerBucket = 100_000;

    public DataSets(RetailOptions options)
    {
        var (from, to, customers) = (options.From, options.To, options.Customers);
        var number = 0;
        Orders = new CsvDataSet(
            number++,
            [
                "order_id", "line", "ordered_at", "customer", "store", "channel", "sku", "quantity", "unit_price", "discount",
                "currency", "payment", "return_of_order", "return_of_line",
            ],
            HalfYears(from, to, 20L * customers),
            OrderFaults)
        {
            HasSales = true,
        };
        Contacts = new CsvDataSet(
            number++,
            [
                "contact_id", "channel", "customer", "topic", "complaint", "order_id", "sku", "agent", "opened_at",
                "answered_at", "waiting_seconds", "talk_seconds", "escalated_at", "resolved_at", "reopened_at", "closed_at",
                "satisfaction", "comment",
            ],
            Years(from, to, 2L * customers),
            ContactFaults);
        Crm = new CsvDataSet(
            number++,
            [
                "account", "loyalty_id", "first_name", "last_name", "gender", "birth_year", "email", "phone", "street",
                "postcode", "city", "country", "occupation", "segment", "household_id", "registered_on", "last_confirmed_on",
                "acquisition_channel", "updated_at",
            ],
            [new CsvFile("customers/crm.csv.gz", 0, 2L * customers) { Buckets = BucketsFor(2L * customers) }],
            CrmFaults);
        Consents = new CsvDataSet(
            number++,
            ["customer", "source", "channel", "purpose", "status", "stated_at"],
            [
                new CsvFile("consents/consents.csv.gz", Key(from.AddYears(-TradingClock.YearsBefore)), Key(to))
                {
                    Buckets = BucketsFor(16L * customers),
                },
            ],
            ConsentFaults);
        Products = Small(number++, "products/products.csv",
            [
                "sku", "valid_from", "name", "category", "subcategory", "brand", "unit_cost", "list_price", "launched_on",
                "replenished",
            ],
            ProductFaults);
        Stores = Small(number++, "stores/stores.csv",
            ["store", "name", "city", "region", "country", "format", "opened_on"],
            style: new FileStyle { Encoding = CodePagesEncodingProvider.Instance.GetEncoding(1252)! });
        Campaigns = Small(number++, "campaigns/campaigns.csv",
            [
                "campaign", "wave", "name", "channel", "audience", "offer", "starts_on", "ends_on", "control_share",
                "cost_per_contact",
            ],
            style: new FileStyle { EmptyLinesAtEnd = 2 });
        Rates = Small(number++, "rates/exchange_rates.csv", ["valid_from", "from_currency", "to_currency", "rate"]);
        Holidays = Small(number, "calendar/holidays.csv", ["date", "country", "name"]);
    }

    public CsvDataSet Orders { get; }

    public CsvDataSet Contacts { get; }

    public CsvDataSet Crm { get; }

    public CsvDataSet Consents { get; }

    public CsvDataSet Products { get; }

    public CsvDataSet Stores { get; }

    public CsvDataSet Campaigns { get; }

    public CsvDataSet Rates { get; }

    public CsvDataSet Holidays { get; }

    public IReadOnlyList<CsvDataSet> All =>
        [Orders, Contacts, Crm, Consents, Products, Stores, Campaigns, Rates, Holidays];

    private static IReadOnlyList<FaultRecipe> OrderFaults(Recipes make) =>
    [
        make.Missing("missing_order_id", Outcome.Reject, 40, "order_id"),
        make.Missing("missing_customer", Outcome.Keep, 150, "customer") with { LosesCustomer = true },
        make.SpeltOtherwise("customer_spelt_otherwise", 1500, "customer"),
        make.Replace("unknown_customer", Outcome.Keep, 40, "customer", "LC999999990", "W99", "nobody@example.com")
            with { LosesCustomer = true },
        make.Replace("unknown_product", Outcome.Keep, 40, "sku", "XXX-000-00", "KIT-COO-99"),
        make.Replace("unknown_store", Outcome.Keep, 30, "store", "S99", "W09"),
        make.TextInNumber(40, "quantity"),
        make.TextInNumber(40, "unit_price"),
        make.Change("decimal_comma", Outcome.Reject, 60, "unit_price", (price, _) => price.Replace('.', ',')),
        make.Change("negative_price", Outcome.Reject, 40, "unit_price", (price, _) => $"-{price}"),
        make.Replace("zero_quantity", Outcome.Reject, 40, "quantity", "0"),
        make.ImpossibleDate(40, "ordered_at"),
        make.FutureDate(30, "ordered_at"),
        make.NullSpeltOut(1000, "return_of_order"),
        Recipes.ExactDuplicate(400),
        make.RepeatedHeader(8),
        Recipes.TooFewFields(40),
        Recipes.TooManyFields(30),
        make.TestOrder(30, "order_id", "customer"),
    ];

    private static IReadOnlyList<FaultRecipe> ContactFaults(Recipes make) =>
    [
        make.Missing("missing_contact_id", Outcome.Reject, 100, "contact_id"),
        make.Replace("unknown_customer", Outcome.Keep, 100, "customer", "C99", "LC999999990"),
        make.TextInNumber(100, "waiting_seconds"),
        make.Replace("out_of_range", Outcome.Reject, 100, "satisfaction", "0", "9", "55"),
        make.ImpossibleDate(100, "opened_at"),
        make.FutureDate(100, "opened_at"),
        make.Change("answered_before_opened", Outcome.Reject, 100, "answered_at", (time, _) => $"2019{time[4..]}"),
        make.NullSpeltOut(2000, "order_id"),
        make.Replace("awkward_text", Outcome.Keep, 1500, "comment", AwkwardTexts),
        Recipes.ExactDuplicate(300),
        make.RepeatedHeader(50),
        Recipes.TooFewFields(100),
    ];

    private static IReadOnlyList<FaultRecipe> CrmFaults(Recipes make) =>
    [
        make.Missing("missing_account", Outcome.Reject, 100, "account"),
        make.SpeltOtherwise("account_spelt_otherwise", 1000, "account"),
        make.SpeltOtherwise("email_spelt_otherwise", 4000, "email"),
        make.Change("broken_email", Outcome.Keep, 500, "email", (email, _) => email.Replace("@", " at ", StringComparison.Ordinal)),
        make.Mojibake(1500, "last_name"),
        make.Replace("awkward_text", Outcome.Keep, 1000, "street", "The \"Old\" Mill, Ferry Lane", "Kiln Close\nBlock B", "12, Mill Way; rear"),
        make.Replace("implausible_birth_year", Outcome.Keep, 300, "birth_year", "1889", "1900", "2150"),
        make.ImpossibleDate(100, "updated_at"),
        make.FutureDate(100, "registered_on"),
        make.NullSpeltOut(3000, "email"),
        make.NullSpeltOut(3000, "phone"),
        Recipes.ExactDuplicate(500),
        make.RepeatedHeader(40),
        Recipes.TooFewFields(100),
        make.TestCustomer(40, "account"),
    ];

    private static IReadOnlyList<FaultRecipe> ConsentFaults(Recipes make) =>
    [
        make.Missing("missing_customer", Outcome.Reject, 50, "customer"),
        make.Replace("unknown_customer", Outcome.Keep, 50, "customer", "C99", "W99"),
        make.SpeltOtherwise("customer_spelt_otherwise", 500, "customer"),
        make.FutureDate(50, "stated_at"),
        Recipes.ExactDuplicate(200),
    ];

    private static IReadOnlyList<FaultRecipe> ProductFaults(Recipes make) =>
    [
        make.Change("category_spelt_otherwise", Outcome.Keep, 2000, "category", (name, _) => $" {name.ToUpperInvariant()}"),
        Recipes.ExactDuplicate(1000),
        Recipes.TooFewFields(500),
    ];

    private static string[] AwkwardTexts { get; } =
        ["He said \"never again\", twice", "Line one\nline two, with a comma", "5\" pan; wrong lid", "\"\"", "a\r\nb"];

    private static CsvDataSet Small(
        int number, string path, string[] columns, Func<Recipes, IReadOnlyList<FaultRecipe>>? faults = null,
        FileStyle? style = null) =>
        new(number, columns, [new CsvFile(path, 0, int.MaxValue) { Style = style ?? new FileStyle() }], faults);

    private static CsvFile[] HalfYears(DateOnly from, DateOnly to, long rows)
    {
        var files = Cut(from, to, rows, date => new DateOnly(date.Year, date.Month <= 6 ? 1 : 7, 1).AddMonths(6),
            date => $"orders/orders-{date.Year}H{(date.Month <= 6 ? 1 : 2)}.csv.gz");
        files[1 % files.Length] = files[1 % files.Length] with { Style = new FileStyle { HasByteOrderMark = true } };
        files[2 % files.Length] = files[2 % files.Length] with { Style = new FileStyle { EmptyLinesAtEnd = 3 } };
        return files;
    }

    private static CsvFile[] Years(DateOnly from, DateOnly to, long rows)
    {
        var files = Cut(from, to, rows, date => new DateOnly(date.Year + 1, 1, 1),
            date => $"contacts/contacts-{date.Year}.csv.gz");
        files[1 % files.Length] = files[1 % files.Length] with { Style = new FileStyle { HasCrLf = true } };
        return files;
    }

    private static CsvFile[] Cut(
        DateOnly from, DateOnly to, long rows, Func<DateOnly, DateOnly> next, Func<DateOnly, string> path)
    {
        var files = new List<CsvFile>();
        for (var start = from; start < to;)
        {
            var end = next(start) < to ? next(start) : to;
            var share = (double)(end.DayNumber - start.DayNumber) / (to.DayNumber - from.DayNumber);
            files.Add(new CsvFile(path(start), Key(start), Key(end)) { Buckets = BucketsFor((long)(rows * share)) });
            start = end;
        }

        return [.. files];
    }

    private static int BucketsFor(long rows) => (int)(1 + (rows / RowsPerBucket));

    private static long Key(DateOnly date) => LocalTime.Midnight(date).Seconds;
}
