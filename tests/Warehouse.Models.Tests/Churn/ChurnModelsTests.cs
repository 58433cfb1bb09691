using Warehouse.Definitions;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Training;
using Warehouse.Testing;

namespace Warehouse.Models.Tests.Churn;

/// <summary>Training, the registry, scoring and checking, and what each refuses.</summary>
public sealed class ChurnModelsTests
{
    private static readonly DateOnly s_tested = new(2024, 9, 1);
    private static readonly FixedTime s_time = new(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly ChurnDefinition s_definition = ChurnDefinition.Default.With(60, LearnerChoice.Logistic);
    private static readonly Progress<string> s_progress = new();

    [Fact]
    public async Task Loop_TrainScoreExplainBacktest_HoldsTogether()
    {
        await using var warehouse = await RandomShop.OpenAsync(600);
        var models = Models(warehouse);

        var trained = await models.TrainAsync(s_definition, s_tested, s_progress, CancellationToken.None);
        Assert.Equal(1, trained.Version);
        Assert.True(trained.IsPromoted, trained.Decision);
        Assert.All(trained.TrainingDates, date => Assert.True(date.AddDays(60) <= s_tested));
        Assert.Equal(new DateOnly(2024, 7, 3), trained.TrainingDates[^1]);

        var scored = await models.ScoreAsync(s_definition, s_tested, null, withReasons: true, CancellationToken.None);
        Assert.Equal(trained.Test.Customers, scored.Customers);
        var stored = await SnapshotAsync(warehouse);
        Assert.Equal(scored.Customers, stored.Count);

        // Again gives the same, whatever other analyses wrote beside.
        await models.ScoreAsync(s_definition, s_tested, 1, withReasons: true, CancellationToken.None);
        Assert.Equal(stored, await SnapshotAsync(warehouse));
        Assert.Equal(["1"], await warehouse.RowsAsync("SELECT count(*) FROM ops.churn_scoring"));

        var explained = await models.ExplainAsync(s_definition, "C1", s_tested, null, CancellationToken.None);
        Assert.Equal(explained.Score, explained.ExpectedScore + explained.Reasons.Sum(reason => reason.Contribution), 1e-4);
        var row = (await warehouse.RowsAsync("SELECT churn_score, churn_probability, churn_band FROM mart.customer_snapshot WHERE customer_key = 1"))[0].Split(" | ");
        Assert.Equal(double.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture), explained.Score, 1e-9);
        Assert.Equal(double.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture), explained.Probability, 1e-9);
        Assert.Equal(row[2], explained.Band);

        var backtest = await models.BacktestAsync(s_definition, CancellationToken.None);
        var check = Assert.Single(backtest.Checks);
        Assert.Equal(trained.Test.Auc.Value, check.Now.Auc.Value, 1e-9);
        Assert.Null(backtest.RetrainReason);
    }

    [Fact]
    public async Task Training_TwiceFromTheSameData_GivesTheSameModel_AndPromotesNoSecond()
    {
        await using var warehouse = await RandomShop.OpenAsync(600);
        var models = Models(warehouse);
        await models.TrainAsync(s_definition, s_tested, s_progress, CancellationToken.None);
        var again = await models.TrainAsync(s_definition, s_tested, s_progress, CancellationToken.None);

        Assert.Equal(["1"], await warehouse.RowsAsync("SELECT count(DISTINCT sha256) FROM ops.churn_model"));
        Assert.False(again.IsPromoted);
        Assert.Contains("not better than version 1", again.Decision);
        Assert.Equal(["refused", "promoted"], (await models.ListAsync(CancellationToken.None)).Select(model => model.Status));

        await models.PromoteAsync("churn", 2, "to try", CancellationToken.None);
        await models.PromoteAsync("churn", 1, "rolled back", CancellationToken.None);
        var list = await models.ListAsync(CancellationToken.None);
        Assert.Equal(["earlier", "promoted"], list.OrderByDescending(model => model.Version).Select(model => model.Status));
        Assert.Equal(["4"], await warehouse.RowsAsync("SELECT count(*) FROM ops.churn_promotion"));
    }

    [Fact]
    public async Task ScoresOfAVersion_SurviveThoseOfTheNext_AndTheBacktestHoldsBothAgainstWhatHappened()
    {
        await using var warehouse = await RandomShop.OpenAsync(600);
        var models = Models(warehouse);
        await models.TrainAsync(s_definition, s_tested, s_progress, CancellationToken.None);
        await models.ScoreAsync(s_definition, s_tested, 1, withReasons: true, CancellationToken.None);
        var first = await KeptAsync(warehouse, 1);
        var shown = await SnapshotAsync(warehouse);
        await models.TrainAsync(s_definition, s_tested.AddDays(-60), s_progress, CancellationToken.None);

        // Version 1 is promoted: what version 2 says is kept beside, and is not shown.
        await models.PromoteAsync("churn", 1, "holds", CancellationToken.None);
        var second = await models.ScoreAsync(s_definition, s_tested, 2, withReasons: true, CancellationToken.None);
        Assert.Contains("goes on showing version 1", Assert.Single(second.Notes));
        Assert.Equal(first, await KeptAsync(warehouse, 1));
        Assert.Equal(shown, await SnapshotAsync(warehouse));
        Assert.Equal(first.Count, (await KeptAsync(warehouse, 2)).Count);
        Assert.NotEqual(first, await KeptAsync(warehouse, 2));

        // Promoted, version 2 is shown, and after the roll-back version 1 again: to the letter what it said.
        await models.PromoteAsync("churn", 2, "to try", CancellationToken.None);
        Assert.Equal(["2"], await warehouse.RowsAsync("SELECT DISTINCT churn_version FROM mart.customer_snapshot"));
        await models.PromoteAsync("churn", 1, "rolled back", CancellationToken.None);
        Assert.Equal(shown, await SnapshotAsync(warehouse));

        var backtest = await models.BacktestAsync(s_definition, CancellationToken.None);
        Assert.Equal([1, 2], backtest.Checks.Select(check => check.Version));
        Assert.All(backtest.Checks, check => Assert.Equal(s_tested, check.AsOf));
        Assert.NotEqual(backtest.Checks[0].Now.Auc.Value, backtest.Checks[1].Now.Auc.Value);
        Assert.Contains("proved best", Assert.Single(backtest.Notes));
    }

    [Fact]
    public async Task ScoringOfADateAgain_AfterItsDataChanged_KeepsBothScorings()
    {
        await using var warehouse = await RandomShop.OpenAsync(600);
        var models = Models(warehouse);
        await models.TrainAsync(s_definition, s_tested, s_progress, CancellationToken.None);
        var before = await models.ScoreAsync(s_definition, s_tested, null, withReasons: false, CancellationToken.None);
        var kept = await KeptAsync(warehouse, 1);

        // The same again adds the reasons that were not asked for, and nothing else.
        var again = await models.ScoreAsync(s_definition, s_tested, null, withReasons: true, CancellationToken.None);
        Assert.Empty(again.Notes);
        Assert.Equal(kept, await KeptAsync(warehouse, 1));
        Assert.Equal(["0"], await warehouse.RowsAsync("SELECT count(*) FROM mart.churn_score WHERE reasons IS NULL"));

        // A line that was recorded in time arrives late.
        await warehouse.AddSalesAsync(new Sale(3, s_tested.AddDays(-1), "late", 500m));
        var late = await models.ScoreAsync(s_definition, s_tested, null, withReasons: true, CancellationToken.None);
        Assert.Contains($"in generation {before.Generation}", Assert.Single(late.Notes));
        Assert.Equal(kept, await KeptAsync(warehouse, 1, before.Generation));
        Assert.Equal([before.Generation, late.Generation], (await models.BacktestAsync(s_definition, CancellationToken.None)).Checks.Select(check => check.ScoredIn));
        Assert.Equal(
            await warehouse.RowsAsync("SELECT customer_key, probability FROM mart.churn_score WHERE generation = $generation ORDER BY 1", ("generation", late.Generation)),
            await warehouse.RowsAsync("SELECT customer_key, churn_probability FROM mart.customer_snapshot ORDER BY 1"));
    }

    [Fact]
    public async Task Backtest_OfACustomerWhoWasTakenForAnotherSince_CountsWhatThatPersonBought()
    {
        await using var warehouse = await RandomShop.OpenAsync(600);
        var models = Models(warehouse);
        await models.TrainAsync(s_definition, s_tested, s_progress, CancellationToken.None);
        await models.ScoreAsync(s_definition, s_tested, null, withReasons: false, CancellationToken.None);
        var before = Assert.Single((await models.BacktestAsync(s_definition, CancellationToken.None)).Checks);

        // Everybody gets another key, as when accounts are found to be those of persons known before.
        await warehouse.RunAsync(
            """
            INSERT INTO star.customer_identity (source, source_id, customer_key, rule, known_at, generation, load_key, source_line, identity_key, home_key)
            SELECT 'crm', 'C' || key, 100000 + key, 'email', now(), 1, -1, 0, key, key FROM range(600) AS made (key);
            UPDATE star.fact_sale SET customer_key = customer_key + 100000
            """);
        var after = Assert.Single((await models.BacktestAsync(s_definition, CancellationToken.None)).Checks);
        Assert.Equal(before.Now.Churned, after.Now.Churned);
        Assert.Equal(before.Now.Auc.Value, after.Now.Auc.Value);
    }

    [Fact]
    public async Task TamperedArtefact_IsRefused()
    {
        await using var warehouse = await RandomShop.OpenAsync(600);
        var models = Models(warehouse);
        await models.TrainAsync(s_definition, s_tested, s_progress, CancellationToken.None);
        await warehouse.RunAsync("UPDATE ops.churn_model SET artefact = replace(artefact, '\"Intercept\":', '\"Intercept\":1')");

        var fault = await Assert.ThrowsAsync<UserFaultException>(() => models.ScoreAsync(s_definition, s_tested, null, true, CancellationToken.None));
        Assert.Contains("was changed since it was trained", fault.Message);
    }

    [Fact]
    public async Task ModelOfAnotherDefinition_IsRefused()
    {
        await using var warehouse = await RandomShop.OpenAsync(600);
        var models = Models(warehouse);
        await models.TrainAsync(s_definition, s_tested, s_progress, CancellationToken.None);

        var fault = await Assert.ThrowsAsync<UserFaultException>(() =>
            models.ScoreAsync(s_definition.With(30, null), s_tested, null, true, CancellationToken.None));
        Assert.Contains("trained by another definition", fault.Message);
    }

    [Fact]
    public async Task TenCustomers_AreTooFew()
    {
        await using var warehouse = await RandomShop.OpenAsync(10);
        Assert.Contains("too little to learn from", await FaultOfTrainingAsync(warehouse));
    }

    [Fact]
    public async Task OneClassOnly_IsRefused()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddSalesAsync(Enumerable.Range(0, 300).SelectMany(key =>
            Enumerable.Range(0, 70).Select(week => new Sale(key, RandomShop.First.AddDays(10 * week), $"{key}-{week}", 10 + key))));
        Assert.Contains("of whom 0 churned", await FaultOfTrainingAsync(warehouse));
    }

    [Fact]
    public async Task HorizonThatHasNotPassed_IsRefused_WithTheLastDateThatCanBeTested()
    {
        await using var warehouse = await RandomShop.OpenAsync(600);
        var fault = await Assert.ThrowsAsync<UserFaultException>(() =>
            Models(warehouse).TrainAsync(s_definition, new DateOnly(2024, 12, 1), s_progress, CancellationToken.None));
        Assert.Contains("has not passed", fault.Message);
        Assert.Contains("2024-11-02", fault.Message);
    }

    [Fact]
    public async Task EmptyWarehouse_IsToldHowToFill()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        Assert.Contains("no sales", await FaultOfTrainingAsync(warehouse));
    }

    [Fact]
    public async Task FlatTable_TrainsOnTextNumbersAndCategories_AndLeavesOutKeysAndConstants()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.RunAsync(
            """
            CREATE TABLE contracts AS
            SELECT
                printf('%04d-ABCDE', id) AS customerID,
                id AS row_id,
                CAST(months AS INTEGER) AS tenure,
                kind AS Contract,
                CASE WHEN months = 0 THEN ' ' ELSE CAST(round(months * 70.35, 2) AS VARCHAR) END AS TotalCharges,
                'GB' AS country,
                CASE WHEN hash(id * 7 + 1) % 10000 < 10000 / (1 + exp(1.2 - 1.8 * (kind = 'monthly')::INTEGER + 0.05 * months)) THEN 'Yes' ELSE 'No' END AS Churn
            FROM (
                SELECT id, hash(id) % 60 AS months, CASE WHEN hash(id + 99) % 2 = 0 THEN 'monthly' ELSE 'two years' END AS kind
                FROM range(4000) AS made (id)
            )
            """);

        var result = await Models(warehouse).TrainOnTableAsync(s_definition, "contracts", isFile: false, new FlatColumns("Churn"), s_progress, CancellationToken.None);

        Assert.Equal(["customerID", "row_id", "country"], result.Dropped.Select(feature => feature.Name));
        Assert.Equal(["Contract", "TotalCharges", "tenure"], result.Features.Select(feature => feature.Feature).Order(StringComparer.Ordinal));
        Assert.InRange(result.Test.Auc.Value, 0.78, 0.87);
        Assert.True(result.Test.CalibrationError < 0.03);
        Assert.Equal(4000, result.Test.Customers);
    }

    [Fact]
    public async Task FlatTable_WithALeak_IsRefused_AndTheLeakIsNamed()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.RunAsync(
            """
            CREATE TABLE leaking AS
            SELECT hash(id) % 17 AS harmless, CASE WHEN id % 3 = 0 THEN 'cancelled by phone' END AS closing_note, id % 3 = 0 AS left_us
            FROM range(1000) AS made (id)
            """);
        var fault = await Assert.ThrowsAsync<UserFaultException>(() =>
            Models(warehouse).TrainOnTableAsync(s_definition, "leaking", isFile: false, new FlatColumns("left_us"), s_progress, CancellationToken.None));
        Assert.Contains("closing_note (AUC 1.000)", fault.Message);
        Assert.DoesNotContain("harmless", fault.Message);
    }

    [Theory]
    [InlineData("1 AS a, NULL::DOUBLE AS b, id % 2 = 0 AS y", "y", "There is nothing to learn from")]
    [InlineData("NULL::DOUBLE AS a, NULL::VARCHAR AS b, ' ' AS c, id % 2 = 0 AS y", "y", "There is nothing to learn from")]
    [InlineData("5 AS a, 'same' AS b, id % 2 = 0 AS y", "y", "There is nothing to learn from")]
    [InlineData("id % 7 AS a, id % 2 AS y FROM range(10) AS made (id) WHERE 1 = 1 --", "y", "10 rows, of which 5 churned")]
    [InlineData("id % 7 AS a, 'yes' AS y", "y", "of which 300 churned and 0 did not")]
    [InlineData("id % 7 AS a, id % 3 AS y", "y", "expected yes and no")]
    [InlineData("id % 7 AS a, id % 2 AS churn", "chrun", "Did you mean \"churn\"?")]
    public async Task FlatTable_ThatTeachesNothing_IsRefused(string columns, string label, string words)
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.RunAsync($"CREATE TABLE t AS SELECT {columns} FROM range(300) AS made (id)");
        var fault = await Assert.ThrowsAnyAsync<UserFaultException>(() =>
            Models(warehouse).TrainOnTableAsync(s_definition, "t", isFile: false, new FlatColumns(label), s_progress, CancellationToken.None));
        Assert.Contains(words, fault.Message);
    }

    [Theory]
    [InlineData("features: {exclude: [regoin]}", "Did you mean \"region\"?")]
    [InlineData("monotone: {complaint_unresolved: rising}", "Did you mean \"complaints_unresolved\"?")]
    public async Task Definition_ThatNamesNoFeature_IsRefusedInTraining(string line, string words)
    {
        await using var warehouse = await RandomShop.OpenAsync(400);
        warehouse.Folder.Write("models/churn.yaml", $"model: churn\nhorizon: 60\nlearner: logistic\ntraining: {{dates: 2}}\n{line}\n");
        var fault = await Assert.ThrowsAsync<UserFaultException>(() => Models(warehouse).TrainAsync(
            ChurnDefinition.Find(warehouse.Workspace, "churn"), s_tested, s_progress, CancellationToken.None));
        Assert.Contains(words, fault.Message);
    }

    [Fact]
    public void AbsentXgboost_IsSaidWithHowToGetIt_AndLogisticRegressionLearnsAlone()
    {
        var (learners, notes) = new ModelChoice(ChurnDefinition.Default, hasBoosting: false).Learners();
        Assert.Equal("logistic", Assert.Single(learners).Name);
        Assert.Contains("apt-get install libxgboost0", Assert.Single(notes));
        var asked = new ModelChoice(ChurnDefinition.Default.With(null, LearnerChoice.Boosting), hasBoosting: false);
        Assert.Contains("apt-get install libxgboost0", Assert.Throws<UserFaultException>(() => asked.Learners()).Message);
    }

    [Fact]
    public async Task FeatureOfTheStarThatLeaks_IsRefused_AndNamed()
    {
        // Whoever will stay is told so by a message, dated before and recorded as if known then.
        await using var warehouse = await RandomShop.OpenAsync(600);
        await warehouse.RunAsync(
            """
            INSERT INTO star.fact_touch BY NAME
            SELECT
                row_number() OVER () AS touch_key, 0 AS campaign_key, customer_key, -1 AS customer_version_key, date_key - 1 AS date_key, 'treated' AS arm,
                (date_key - 1)::TIMESTAMPTZ AS assigned_at, (date_key - 1)::TIMESTAMPTZ AS sent_at, 0 AS cost_amount, (date_key - 1)::TIMESTAMPTZ AS known_at,
                0 AS generation, -1 AS load_key, 0 AS source_line, -1 AS identity_key
            FROM (
                SELECT DISTINCT customer_key, day AS date_key
                FROM star.fact_sale
                JOIN (SELECT unnest(range(DATE '2023-01-01', DATE '2025-01-01', INTERVAL 1 DAY))::DATE AS day) ON day BETWEEN date_key - 59 AND date_key
            )
            """);
        var fault = await Assert.ThrowsAsync<UserFaultException>(() => Models(warehouse).TrainAsync(s_definition, s_tested, s_progress, CancellationToken.None));
        Assert.Contains("Nothing was trained: ", fault.Message);
        Assert.Contains("days_since_message", fault.Message);
    }

    [Fact]
    public async Task Definition_WithFaults_NamesThemWithTheirPlaces()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        warehouse.Folder.Write("models/churn.yaml", "model: churn\nhorizon: 0\nlearner: boost\nmonotone: {recency_days: up}\nlookbak: 3\n");
        var fault = Assert.Throws<DefinitionException>(() => ChurnDefinition.Find(warehouse.Workspace, "churn"));
        Assert.Equal([2, 3, 4, 5], fault.Faults.Select(found => found.Line));
        Assert.Contains("\"boosting\"", fault.Faults[1].Message);
        Assert.Contains("\"lookback\"", fault.Faults[3].Message);
    }

    private static ChurnModels Models(FreshWarehouse warehouse) => new(warehouse.Database, s_time, "tester");

    private static async Task<string> FaultOfTrainingAsync(FreshWarehouse warehouse) =>
        (await Assert.ThrowsAsync<UserFaultException>(() =>
            Models(warehouse).TrainAsync(s_definition, s_tested, s_progress, CancellationToken.None))).Message;

    private static Task<IReadOnlyList<string>> KeptAsync(FreshWarehouse warehouse, int version, int? generation = null) => warehouse.RowsAsync(
        """
        SELECT as_of, generation, customer_key, probability, score, band, expected_loss
        FROM mart.churn_score WHERE version = $version AND generation = coalesce($generation, generation) ORDER BY ALL
        """,
        ("version", version),
        ("generation", generation));

    private static Task<IReadOnlyList<string>> SnapshotAsync(FreshWarehouse warehouse) => warehouse.RowsAsync(
        "SELECT as_of, customer_key, churn_version, churn_probability, churn_band, churn_expected_loss, churn_reasons FROM mart.customer_snapshot ORDER BY ALL");
}
