using Warehouse.Definitions;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Features;
using Warehouse.Testing;

namespace Warehouse.Models.Tests.Churn;

/// <summary>Contracts that ended, from any table: keys, dates as tenure, and tests out of time.</summary>
public sealed class ContractTests
{
    private static readonly FixedTime s_time = new(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly ChurnDefinition s_definition = ChurnDefinition.Default.With(null, LearnerChoice.Logistic);
    private static readonly Progress<string> s_progress = new();

    /// <summary>
    /// A table of the columns and shape of the well-known telco set, drawn from a law of its own: it shows that such a file trains,
    /// and nothing about that set.
    /// </summary>
    [Fact]
    public async Task FileOfTelcoShape_TrainsAsItIs()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        var file = Path.Combine(warehouse.Folder.Path, "telco.csv");
        await warehouse.RunAsync(
            $"""
            COPY (
                SELECT
                    printf('%04d-%s', id % 10000, upper(left(md5(CAST(id AS VARCHAR)), 5))) AS customerID,
                    CASE WHEN hash(id, 1) % 2 = 0 THEN 'Female' ELSE 'Male' END AS gender,
                    hash(id, 2) % 6 // 5 AS SeniorCitizen,
                    CASE WHEN hash(id, 3) % 2 = 0 THEN 'Yes' ELSE 'No' END AS Partner,
                    CASE WHEN hash(id, 4) % 3 = 0 THEN 'Yes' ELSE 'No' END AS Dependents,
                    months AS tenure,
                    CASE WHEN hash(id, 5) % 10 = 0 THEN 'No' ELSE 'Yes' END AS PhoneService,
                    CASE hash(id, 6) % 3 WHEN 0 THEN 'No' WHEN 1 THEN 'Yes' ELSE 'No phone service' END AS MultipleLines,
                    internet AS InternetService,
                    {string.Join(", ", new[] { "OnlineSecurity", "OnlineBackup", "DeviceProtection", "TechSupport", "StreamingTV", "StreamingMovies" }
                        .Select((name, place) => $"CASE WHEN internet = 'No' THEN 'No internet service' WHEN hash(id, {10 + place}) % 2 = 0 THEN 'Yes' ELSE 'No' END AS {name}"))},
                    contract AS Contract,
                    CASE WHEN hash(id, 7) % 5 < 3 THEN 'Yes' ELSE 'No' END AS PaperlessBilling,
                    CASE hash(id, 8) % 4 WHEN 0 THEN 'Electronic check' WHEN 1 THEN 'Mailed check' WHEN 2 THEN 'Bank transfer (automatic)' ELSE 'Credit card (automatic)' END AS PaymentMethod,
                    charge AS MonthlyCharges,
                    CASE WHEN months = 0 THEN ' ' ELSE CAST(round(months * charge, 2) AS VARCHAR) END AS TotalCharges,
                    CASE WHEN hash(id, 9) % 10000 < 10000 / (1 + exp(1.4 - 2 * (contract = 'Month-to-month')::INTEGER - (internet = 'Fiber optic')::INTEGER + 0.04 * months))
                        THEN 'Yes' ELSE 'No' END AS Churn
                FROM (
                    SELECT
                        id, hash(id, 20) % 73 AS months,
                        CASE hash(id, 21) % 4 WHEN 0 THEN 'One year' WHEN 1 THEN 'Two year' ELSE 'Month-to-month' END AS contract,
                        CASE hash(id, 22) % 3 WHEN 0 THEN 'DSL' WHEN 1 THEN 'Fiber optic' ELSE 'No' END AS internet,
                        round(18.25 + hash(id, 23) % 10000 / 100.0, 2) AS charge
                    FROM range(7043) AS made (id)
                )
            ) TO '{file}' (HEADER)
            """);

        var result = await Models(warehouse).TrainOnTableAsync(s_definition, file, isFile: true, new FlatColumns("Churn"), s_progress, CancellationToken.None);

        Assert.Equal((7043, 7043), (result.TrainingRows, result.Test.Customers));
        Assert.Equal("customerID", Assert.Single(result.Dropped).Name);
        Assert.Equal(19, result.Features.Count);
        Assert.InRange(result.Test.Auc.Value, 0.75, 0.9);
        Assert.Contains("5-fold cross-validation", result.Notes[^1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TableWithADate_IsTestedOutOfTime_AndDatesAreTenure(bool asTexts)
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await MakeContractsAsync(warehouse, asTexts);

        var result = await Models(warehouse).TrainOnTableAsync(
            s_definition, "contracts", isFile: false, new FlatColumns("ended", "seen_on"), s_progress, CancellationToken.None);

        Assert.Equal(new DateOnly(2024, 8, 10), result.AsOf);
        Assert.Equal((3000, 603), (result.TrainingRows, result.Test.Customers));
        Assert.Equal(["contract_id", "contract_no", "seen_on"], result.Dropped.Select(feature => feature.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["plan", "signed_on"], result.Features.Select(feature => feature.Feature).Order(StringComparer.Ordinal));
        Assert.Contains("tested on the 603 from then on", result.Notes[^1]);
        // Who signed long ago stays: only as days since does the date say so on every date.
        Assert.InRange(result.Test.Auc.Value, 0.7, 0.95);
        var said = result.Test.Reliability.Sum(bin => bin.Said * bin.Customers) / result.Test.Customers;
        var error = Math.Sqrt(result.Test.ChurnRate * (1 - result.Test.ChurnRate) / result.Test.Customers);
        Assert.InRange(said, result.Test.ChurnRate - (3 * error), result.Test.ChurnRate + (3 * error));
    }

    [Theory]
    [InlineData("seen", "Did you mean \"seen_on\"?")]
    [InlineData("plan", "The date plan is \"monthly\" in row 1")]
    public async Task DateThatIsNone_IsRefused(string date, string words)
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await MakeContractsAsync(warehouse, asTexts: false);
        var fault = await Assert.ThrowsAnyAsync<UserFaultException>(() => Models(warehouse).TrainOnTableAsync(
            s_definition, "contracts", isFile: false, new FlatColumns("ended", date), s_progress, CancellationToken.None));
        Assert.Contains(words, fault.Message);
    }

    [Theory]
    [InlineData("id % 7 AS a, id % 2 AS y, DATE '2024-01-01' AS d", "0 rows before 2024-01-01")]
    [InlineData("id % 7 AS a, id % 2 AS y, DATE '2024-01-01' + CAST(id // 290 AS INTEGER) AS d", "10 rows from 2024-01-02")]
    public async Task DatesThatLeaveNothingToTest_AreRefused(string columns, string words)
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.RunAsync($"CREATE TABLE t AS SELECT {columns} FROM range(300) AS made (id)");
        var fault = await Assert.ThrowsAnyAsync<UserFaultException>(() => Models(warehouse).TrainOnTableAsync(
            s_definition, "t", isFile: false, new FlatColumns("y", "d"), s_progress, CancellationToken.None));
        Assert.Contains(words, fault.Message);
    }

    private static ChurnModels Models(FreshWarehouse warehouse) => new(warehouse.Database, s_time, "tester");

    /// <summary>3000 contracts, a tenth of them seen in each of ten weeks or so, which end the sooner the younger they are.</summary>
    private static Task MakeContractsAsync(FreshWarehouse warehouse, bool asTexts) => warehouse.RunAsync(
        $"""
        CREATE TABLE contracts AS
        SELECT
            'K-' || (100000 + id) AS contract_id, 700000 + id AS contract_no,
            {(asTexts ? "CAST(seen AS VARCHAR)" : "seen")} AS seen_on,
            {(asTexts ? "CAST(seen - days AS VARCHAR)" : "seen - days")} AS signed_on,
            CASE WHEN id % 2 = 0 THEN 'monthly' ELSE 'yearly' END AS plan,
            CASE WHEN hash(id, 5) % 10000 < 10000 / (1 + exp(days / 150.0 - 2 - (id % 2 = 0)::INTEGER)) THEN 'yes' ELSE 'no' END AS ended
        FROM (
            SELECT id, DATE '2024-01-01' + CAST(id * 277 // 2990 AS INTEGER) AS seen, CAST(30 + hash(id, 3) % 900 AS INTEGER) AS days
            FROM range(3000) AS made (id)
        )
        """);
}
