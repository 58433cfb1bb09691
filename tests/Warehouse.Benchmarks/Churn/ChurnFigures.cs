using System.Diagnostics;
using System.Globalization;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Learners;
using Warehouse.Models.Churn.Learners.Boosting;
using Warehouse.Store;

namespace Warehouse.Benchmarks.Churn;

/// <summary>Features, training, scoring and explaining, each beside what it is measured by in the same run.</summary>
internal static class ChurnFigures
{
    private const int ExplainedRows = 10_000;
    private const int Trees = 290;
    private const int TrainedTrees = 100;

    /// <summary>A hand-written scan and aggregate of the same lines, to a row a customer.</summary>
    private const string ScanAndAggregate =
        """
        SELECT sum(lines), sum(spent), sum(days)
        FROM (
            SELECT customer_key, count(*) AS lines, count(DISTINCT date_key) AS days, sum(net_amount) AS spent, sum(discount_amount) AS discount,
                sum(quantity) AS units, min(date_key) AS first, max(date_key) AS last, count(*) FILTER (is_return) AS returns
            FROM star.fact_sale
            WHERE known_at < $known_before AND ordered_at < $known_before
            GROUP BY customer_key
        )
        """;

    public static async Task<int> RunAsync(string[] options, TextWriter output)
    {
        var lines = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : 20_000_000;
        var folder = Directory.CreateTempSubdirectory("warehouse-benchmark-").FullName;
        try
        {
            await using var database = await BenchmarkStar.MakeAsync(folder, lines);
            await output.WriteLineAsync("| what | s | beside it | s | ratio |\n|---|---:|---|---:|---:|");
            var cohort = await FeaturesAsync(database, lines, output);
            if (BoostingLearner.IsPresent)
            {
                await LearnAsync(folder, cohort, output);
            }
            else
            {
                await output.WriteLineAsync(BoostingLearner.HowToGet);
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Cohort> FeaturesAsync(WarehouseDatabase database, int lines, TextWriter output)
    {
        var asOf = new ChurnDate(BenchmarkStar.AsOf, TimeZoneInfo.Utc);
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        var definition = ChurnDefinition.Default;
        var scan = await BestAsync(async () =>
        {
            await using var command = connection.Command(ScanAndAggregate, ("known_before", asOf.KnownBefore));
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
        });
        Cohort? cohort = null;
        var gather = await BestAsync(async () => cohort = await new StarFeatures(connection, definition).GatherAsync(asOf, CancellationToken.None));
        await WriteAsync(
            output,
            string.Create(CultureInfo.InvariantCulture, $"{cohort!.Features.Columns.Count} features of {cohort.Features.Rows:#,##0} customers from {lines:#,##0} lines"),
            gather,
            "one hand-written scan and aggregate",
            scan);
        return cohort;
    }

    private static async Task LearnAsync(string folder, Cohort cohort, TextWriter output)
    {
        var random = new Random(1);
        var recency = cohort.Features.IndexOf("recency_days");
        var churned = Enumerable.Range(0, cohort.Features.Rows).Select(row => random.NextDouble() < cohort.Features[row, recency] / 500).ToArray();
        var examples = new Examples(cohort.Features, churned, cohort.CustomerKeys);
        var encoding = FeatureEncoding.Of(cohort.Features, []);
        var rows = encoding.Encode(cohort.Features);
        var settings = new BoostingSettings { MostRounds = TrainedTrees, Threads = 2 };
        var ours = await LearningAsync(settings with { MostRounds = TrainedTrees + 1 }) - await LearningAsync(settings with { MostRounds = 1 });
        if (XgboostProgram.IsPresent)
        {
            var program = XgboostProgram.Train(folder, rows, encoding, churned, settings);
            await WriteAsync(output, $"{TrainedTrees} trees more of {encoding.Columns.Count} columns", ours, "the xgboost program on the same matrix", program);
        }

        Task<TimeSpan> LearningAsync(BoostingSettings grown) => BestAsync(() =>
        {
            new BoostingLearner(grown).Learn(encoding, examples, null, null, CancellationToken.None);
            return Task.CompletedTask;
        });

        var trees = (BoostedTrees)new BoostingLearner(new BoostingSettings { MostRounds = Trees, Depth = 6 })
            .Learn(encoding, examples.Take([.. Enumerable.Range(0, Math.Min(100_000, examples.Count))]), null, null, CancellationToken.None).Scorer;
        var margins = new double[cohort.Features.Rows];
        var score = await BestAsync(() =>
        {
            trees.Score(encoding.Encode(cohort.Features), margins, CancellationToken.None);
            return Task.CompletedTask;
        });
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"| scoring by {Trees} trees of depth 6: {margins.Length / score.TotalSeconds:#,##0} customers a second | {score.TotalSeconds:0.00} | | | |"));
        await ExplainAsync(trees, rows.AsMemory(0, Math.Min(rows.Length, ExplainedRows * trees.Width)), output);
    }

    private static async Task ExplainAsync(BoostedTrees trees, ReadOnlyMemory<float> rows, TextWriter output)
    {
        var contributions = new double[rows.Length];
        var first = Stopwatch.StartNew();
        trees.Explain(rows, contributions, CancellationToken.None);
        first.Stop();
        using var booster = Booster.FromJson(trees.ToArtefact());
        using var matrix = TrainingMatrix.Of(rows.Span, trees.Width, []);
        var watch = Stopwatch.StartNew();
        var theirs = booster.Contributions(matrix);
        watch.Stop();
        await WriteAsync(
            output,
            string.Create(CultureInfo.InvariantCulture, $"reasons of {theirs.Length / (trees.Width + 1):#,##0} rows by {Trees} trees of depth 6, tables included"),
            first.Elapsed,
            "XGBoost's pred_contribs",
            watch.Elapsed);
    }

    private static Task WriteAsync(TextWriter output, string what, TimeSpan time, string beside, TimeSpan besideTime) => output.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture, $"| {what} | {time.TotalSeconds:0.00} | {beside} | {besideTime.TotalSeconds:0.00} | {time / besideTime:0.00} |"));

    /// <summary>The least of three: what else the machine does only adds.</summary>
    private static async Task<TimeSpan> BestAsync(Func<Task> work)
    {
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var watch = Stopwatch.StartNew();
            await work();
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        return best;
    }
}
