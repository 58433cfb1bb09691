using Warehouse.Charts;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Reports;
using Warehouse.Testing;

namespace Warehouse.Models.Tests.Churn;

/// <summary>What churn says as charts, the model card among it.</summary>
public sealed class ChurnReportsTests
{
    private static readonly FixedTime s_time = new(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly DateOnly s_tested = new(2024, 9, 1);

    [Fact]
    public async Task Reports_DrawWhatTheirAnswersSay()
    {
        await using var warehouse = await RandomShop.OpenAsync(400);
        var definition = (ChurnDefinition.Default with { TrainingDates = 4 }).With(60, LearnerChoice.Logistic);
        var models = new ChurnModels(warehouse.Database, s_time, "tester");
        var stop = CancellationToken.None;

        var trained = await models.TrainAsync(definition, s_tested, new Progress<string>(), stop);
        RequireParts(
            ChurnReports.Of(trained), "Said and seen", "Lift by tenth of the customers", "Gain: churners reached by depth", "Expected profit by depth", "What the scores come from", "AUC of recency alone");
        RequireParts(ChurnReports.Of(await models.EvaluateAsync(definition, s_tested, null, stop)), "Said and seen", "Expected profit by depth");
        RequireParts(
            ChurnReports.Of(await models.ScoreAsync(definition, s_tested, null, withReasons: true, stop)), "Customers by band", "How far customers have moved since the test");
        RequireParts(ChurnReports.Of(await models.BacktestAsync(definition, stop)), "AUC: in the test and since", "2024-09-01, version 1");
        RequireParts(ChurnReports.Of(await models.RetrainAsync(definition, isDone: false, new Progress<string>(), stop)), "drift of the scores");
        RequireParts(ChurnReports.Of(await models.SuggestAsync(null, stop)), "How many have returned by when", "proposed: ");
        var explained = await models.ExplainAsync(definition, "C1", s_tested, null, stop);
        RequireParts(ChurnReports.Of(explained), ["Why C1 leaves with a probability of", "Reasons", "In words", .. explained.Reasons.Select(reason => System.Net.WebUtility.HtmlEncode(reason.Words))]);

        var files = await models.ExportAsync("churn", 1, Path.Combine(warehouse.Folder.Path, "exports"), stop);
        var card = await File.ReadAllTextAsync(files.Single(file => file.EndsWith(".html", StringComparison.Ordinal)));
        Assert.All(
            ["no purchase in the 60 days from a date", "out of time", "Said and seen", "What the scores come from", "Parameters", trained.Decision],
            words => Assert.Contains(words, card, StringComparison.Ordinal));
    }

    private static void RequireParts(Report report, params IReadOnlyList<string> words)
    {
        var html = report.Html;
        Assert.All(words, text => Assert.Contains(text, html, StringComparison.Ordinal));
        Assert.Contains(report.Origin.Definition, html, StringComparison.Ordinal);
    }
}
