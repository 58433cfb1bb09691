using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Learners.Boosting;
using Warehouse.Testing;

namespace Warehouse.Models.Tests.Churn;

/// <summary>Equal data and seed give the same model, byte for byte.</summary>
public sealed class DeterminismTests
{
    private static readonly FixedTime s_time = new(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [SkippableTheory]
    [InlineData(LearnerChoice.Logistic)]
    [InlineData(LearnerChoice.Boosting)]
    public async Task Model_IsTheSame_OnOneThreadAndTwo_WhateverTheOrderAndBatchesOfTheRows(LearnerChoice learner)
    {
        Skip.If(learner == LearnerChoice.Boosting && !BoostingLearner.IsPresent, BoostingLearner.HowToGet);
        var definition = (ChurnDefinition.Default with { TrainingDates = 4 }).With(60, learner);

        Assert.Equal(await HashesAsync(definition, threads: 2, isShuffled: false), await HashesAsync(definition, threads: 1, isShuffled: true));
    }

    private static async Task<IReadOnlyList<string>> HashesAsync(ChurnDefinition definition, int threads, bool isShuffled)
    {
        await using var warehouse = await RandomShop.OpenAsync(
            400, workspace: $"name: test\ncurrency: GBP\ncalendar: {{from: 2000-01-01, to: 2040-01-01}}\nlimits: {{threads: {threads}}}\n");
        await PointInTimeTests.AddContactsAndTouchesAsync(warehouse);
        if (isShuffled)
        {
            foreach (var table in (string[])["fact_sale", "fact_contact", "fact_touch", "dim_customer", "dim_channel"])
            {
                await warehouse.RunAsync($"CREATE TABLE main.shuffled AS SELECT * FROM star.{table}; DELETE FROM star.{table}");
                for (var batch = 0; batch < 3; batch++)
                {
                    await warehouse.RunAsync(
                        $"INSERT INTO star.{table} SELECT * FROM main.shuffled AS one WHERE hash(CAST(one AS VARCHAR), 7) % 3 = $batch ORDER BY hash(CAST(one AS VARCHAR))",
                        ("batch", batch));
                }

                await warehouse.RunAsync("DROP TABLE main.shuffled");
            }
        }

        await new ChurnModels(warehouse.Database, s_time, "tester").TrainAsync(definition, new DateOnly(2024, 9, 1), new Progress<string>(), CancellationToken.None);
        return await warehouse.RowsAsync("SELECT sha256, artefact, metrics FROM ops.churn_model");
    }
}
