using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Retraining;
using Warehouse.Testing;

namespace Warehouse.Models.Tests.Churn;

/// <summary>Training by schedule: proposed, done, promoted or not, and told.</summary>
public sealed class RetrainingTests
{
    private static readonly FixedTime s_time = new(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly ChurnDefinition s_definition = ChurnDefinition.Default.With(60, LearnerChoice.Logistic);
    private static readonly Progress<string> s_progress = new();

    [Fact]
    public async Task ShopWhoseCustomersChange_IsProposedToLearnAgain_AndDoesSoWhenTold()
    {
        await using var warehouse = await ChangedShop.OpenAsync(800);
        var definition = (s_definition with { LookbackDays = 60, TrainingDates = 6 }).With(60, null);
        var models = new ChurnModels(warehouse.Database, s_time, "scheduler");
        var first = await models.TrainAsync(definition, new DateOnly(2023, 9, 15), s_progress, CancellationToken.None);
        Assert.True(first.IsPromoted, first.Decision);

        var proposed = await models.RetrainAsync(definition, isDone: false, s_progress, CancellationToken.None);
        Assert.Equal((RetrainingAction.Proposed, 1), (proposed.Action, proposed.Version));
        Assert.Contains(proposed.Checks, check => check is { Measure: "AUC loss", IsCrossed: true });
        Assert.Null(proposed.Trained);
        Assert.Equal(["1"], await warehouse.RowsAsync("SELECT count(*) FROM ops.churn_model"));

        var done = await models.RetrainAsync(definition, isDone: true, s_progress, CancellationToken.None);
        Assert.Equal(RetrainingAction.Promoted, done.Action);
        Assert.Contains("version 1 on the same test", done.Decision);
        var better = done.Trained!.Test.Auc.Value - proposed.Checks.Single(check => check.Measure == "AUC loss").Now!.Value;
        Assert.True(better > definition.Watch.MostAucLoss, $"the new version ranks better by {better}");

        // What learned the change has nothing to learn again, and the alerts tell the story.
        var after = await models.RetrainAsync(definition, isDone: true, s_progress, CancellationToken.None);
        Assert.DoesNotContain(after.Checks, check => check.Measure == "AUC loss");
        var alerts = await warehouse.RowsAsync("SELECT message FROM quality.alert WHERE kind = 'churn retrain' ORDER BY rowid");
        Assert.Contains("Train again", alerts[0]);
        Assert.Contains("scores from now on", alerts[1]);
    }

    [Fact]
    public async Task NewVersionThatIsNotBetter_IsNotPromoted_AndWhyIsSaid()
    {
        await using var warehouse = await RandomShop.OpenAsync(600);
        var models = new ChurnModels(warehouse.Database, s_time, "scheduler");
        var touchy = s_definition with { Watch = new ChurnWatch(0, 1, 1) };
        await models.TrainAsync(s_definition, null, s_progress, CancellationToken.None);

        var result = await models.RetrainAsync(touchy, isDone: true, s_progress, CancellationToken.None);

        Assert.Equal(RetrainingAction.Kept, result.Action);
        Assert.Contains("version 1 is kept. It is not better than version 1", result.Decision);
        Assert.Contains("No horizon has passed", Assert.Single(result.Notes));
        Assert.Equal(["1 | promoted", "2 | refused"], await warehouse.RowsAsync("SELECT version, action FROM ops.churn_promotion ORDER BY 1"));
        Assert.Contains(result.Decision, Assert.Single(await warehouse.RowsAsync("SELECT message FROM quality.alert WHERE kind = 'churn retrain'")));
    }

    [Theory]
    [InlineData("automatic", RetrainingAction.Promoted)]
    [InlineData("proposed", RetrainingAction.Proposed)]
    public async Task Definition_SaysWhetherItIsDone(string choice, RetrainingAction expected)
    {
        await using var warehouse = await RandomShop.OpenAsync(600);
        warehouse.Folder.Write("models/churn.yaml", $"model: churn\nhorizon: 60\nlearner: logistic\nretrain: {choice}\nwatch: {{drift: 0.3, auc_loss: 0.02, calibration_loss: 0.01}}\n");
        var definition = ChurnDefinition.Find(warehouse.Workspace, "churn");
        Assert.Equal(new ChurnWatch(0.3, 0.02, 0.01), definition.Watch);

        var result = await new ChurnModels(warehouse.Database, s_time, "scheduler").RetrainAsync(definition, isDone: false, s_progress, CancellationToken.None);

        Assert.Equal(expected, result.Action);
        Assert.Equal("No version of churn scores yet.", Assert.Single(result.Reasons));
    }

    [Fact]
    public async Task ModelThatDoesWell_IsLeftAlone_WithoutAnAlert()
    {
        await using var warehouse = await RandomShop.OpenAsync(600);
        var models = new ChurnModels(warehouse.Database, s_time, "scheduler");
        var calm = s_definition with { Watch = new ChurnWatch(100, 1, 1) };
        await models.TrainAsync(s_definition, new DateOnly(2024, 9, 1), s_progress, CancellationToken.None);

        var result = await models.RetrainAsync(calm, isDone: true, s_progress, CancellationToken.None);

        Assert.Equal(RetrainingAction.None, result.Action);
        Assert.Equal(["AUC loss", "calibration loss", "drift of the scores"], result.Checks.Take(3).Select(check => check.Measure));
        Assert.Equal(["0"], await warehouse.RowsAsync("SELECT count(*) FROM quality.alert WHERE kind = 'churn retrain'"));
    }

    [Fact]
    public void Hash_ChangesWithWhatScoresMean_AndNotWithWhenToLookAgain()
    {
        var same = s_definition with { Watch = new ChurnWatch(1, 1, 1), Retrain = RetrainChoice.Automatic };
        Assert.Equal(s_definition.Hash, same.With(60, LearnerChoice.Boosting).Hash);
        Assert.NotEqual(s_definition.Hash, s_definition.With(61, null).Hash);
        Assert.NotEqual(s_definition.Hash, (s_definition with { LookbackDays = 400 }).With(60, null).Hash);
    }
}
