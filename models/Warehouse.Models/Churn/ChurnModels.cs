using Warehouse.Definitions;
using Warehouse.Models.Churn.Backtest;
using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Horizons;
using Warehouse.Models.Churn.Learners.Boosting;
using Warehouse.Models.Churn.Registry;
using Warehouse.Models.Churn.Retraining;
using Warehouse.Models.Churn.Scoring;
using Warehouse.Models.Churn.Training;
using Warehouse.Store;

namespace Warehouse.Models.Churn;

/// <summary>The uses of churn models: what commands and services call.</summary>
/// <param name="database">The warehouse.</param>
/// <param name="time">What is now.</param>
/// <param name="by">Who asks, for the registry.</param>
public sealed class ChurnModels(WarehouseDatabase database, TimeProvider time, string by)
{
    /// <summary>The reason of the generations in which another version begins to score.</summary>
    public const string PromotionReason = "churn promotion";

    /// <summary>How to get the library of boosted trees; null where it is there.</summary>
    public static string? MissingLibrary => BoostingLearner.IsPresent ? null : BoostingLearner.HowToGet;

    private TimeZoneInfo Zone => database.Workspace.Definition.TimeZone;

    /// <summary>
    /// Trains a model, tests it out of time and registers it. It is promoted where it beats the baselines and, on the same
    /// test, the model that scored so far.
    /// </summary>
    /// <param name="definition">What churn means and how it is learned.</param>
    /// <param name="asOf">The date to test at; null takes the last one whose horizon has passed.</param>
    /// <param name="progress">Hears what is being done.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    /// <exception cref="UserFaultException">The data do not suffice, or features leak.</exception>
    public async Task<TrainingResult> TrainAsync(
        ChurnDefinition definition, DateOnly? asOf, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var trained = await new ChurnTraining(connection, definition, Zone).RunAsync(asOf, progress, cancellationToken);
        var registry = new ModelRegistry(connection, time);
        var probabilities = trained.Model.Probabilities(trained.Test.Features, cancellationToken);
        var reference = DriftReference.Of(trained.Model.Encoding, trained.Test.Features, probabilities);
        var current = await registry.CurrentAsync(definition.Name, cancellationToken);
        var promotion = Promotion.Of(trained.Result, current, await RivalAsync(registry, definition, current, trained, cancellationToken));
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var version = await registry.AddAsync(definition, trained.Result, trained.Model, reference, by, cancellationToken);
        await registry.DecideAsync(definition.Name, version, promotion.IsDue ? ModelRegistry.Promoted : ModelRegistry.Refused, promotion.Reason, by, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return trained.Result with { Version = version, IsPromoted = promotion.IsDue, Decision = promotion.Reason };
    }

    /// <summary>Shows how long customers stay away between purchases, and proposes a horizon.</summary>
    /// <param name="asOf">Purchases before this date are looked at; null takes all.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UserFaultException">There are no sales.</exception>
    public async Task<HorizonSuggestion> SuggestAsync(DateOnly? asOf, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return await HorizonSearch.SuggestAsync(connection, await DateAsync(connection, asOf, cancellationToken), cancellationToken);
    }

    /// <summary>Writes a version as files: its artefact, a model card in HTML and, of boosted trees, an ONNX model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">The version.</param>
    /// <param name="folder">The folder, made where it is not there.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The files.</returns>
    /// <exception cref="UserFaultException">There is no such version, it was tampered with, or a file cannot be written.</exception>
    public async Task<IReadOnlyList<string>> ExportAsync(string model, int version, string folder, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var registry = new ModelRegistry(connection, time);
        var stored = await registry.LoadAsync(model, version, cancellationToken);
        var listed = (await registry.ListAsync(cancellationToken)).Single(known => known.Model == model && known.Version == version);
        return await ModelExport.WriteAsync(folder, listed, stored, await registry.MetricsAsync(model, version, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Trains on any table with a label, tests out of time where a column says when, else by cross-validation, and registers the model. Such a model is promoted only by
    /// <see cref="PromoteAsync"/>: there is nothing to hold it against.
    /// </summary>
    /// <param name="definition">How is learned; its horizon and dates have no part.</param>
    /// <param name="source">A table of the database, or a CSV or Parquet file.</param>
    /// <param name="isFile">Whether it is a file.</param>
    /// <param name="columns">Which columns say who left (yes or no, true or false, 1 or 0) and, where one does, as of when a row is.</param>
    /// <param name="progress">Hears what is being done.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    /// <exception cref="UserFaultException">The table does not suffice, or features leak.</exception>
    public async Task<TrainingResult> TrainOnTableAsync(
        ChurnDefinition definition, string source, bool isFile, FlatColumns columns, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var generation = await Generation.CurrentAsync(connection, cancellationToken);
        var rows = isFile
            ? await FlatTable.OfFileAsync(connection, source, columns, cancellationToken)
            : await FlatTable.OfTableAsync(connection, source, columns, cancellationToken);
        var trained = new FlatTraining(definition).Run(generation.Number, rows, progress, cancellationToken);
        var reference = DriftReference.Of(
            trained.Model.Encoding, rows.Examples.Features, trained.Model.Probabilities(rows.Examples.Features, cancellationToken));
        var named = definition with { Name = $"{Path.GetFileNameWithoutExtension(source)}.{columns.Label}" };
        var version = await new ModelRegistry(connection, time).AddAsync(named, trained.Result, trained.Model, reference, by, cancellationToken);
        return trained.Result with { Version = version, Decision = $"It is kept as {named.Name}." };
    }

    /// <summary>
    /// Scores every customer as of a date, as one generation. The scores are kept in <c>mart.churn_score</c> for each date and
    /// version; <c>mart.customer_snapshot</c> shows those of the version in force. Again gives the same.
    /// </summary>
    /// <param name="definition">The definition that the model was trained by.</param>
    /// <param name="asOf">The first date of the horizon; null takes the day after the last sale.</param>
    /// <param name="version">The version that scores; null takes the one that is promoted.</param>
    /// <param name="withReasons">Whether reasons are written too.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    /// <exception cref="UserFaultException">There is no such model, it was tampered with, or is of another definition.</exception>
    public async Task<ScoringResult> ScoreAsync(
        ChurnDefinition definition, DateOnly? asOf, int? version, bool withReasons, CancellationToken cancellationToken)
    {
        ScoringResult? result = null;
        await database.PublishAsync(
            "churn scores",
            async (publication, stop) =>
            {
                var stored = await LoadAsync(publication.Connection, definition, version, stop);
                var date = await DateAsync(publication.Connection, asOf, stop);
                result = await new ChurnScoring(publication.Connection, definition, stored, time).RunAsync(date, publication.Number, withReasons, stop);
                return true;
            },
            cancellationToken);
        return result!;
    }

    /// <summary>Judges a registered model as of a date whose horizon has passed, beside the baselines.</summary>
    /// <param name="definition">The definition that the model was trained by.</param>
    /// <param name="asOf">The date; null takes the last one whose horizon has passed.</param>
    /// <param name="version">The version; null takes the one that is promoted.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UserFaultException">There is no such model, or nothing to judge it by.</exception>
    public async Task<EvaluationResult> EvaluateAsync(
        ChurnDefinition definition, DateOnly? asOf, int? version, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var stored = await LoadAsync(connection, definition, version, cancellationToken);
        return await new ChurnTraining(connection, definition, Zone).EvaluateAsync(stored, asOf, cancellationToken);
    }

    /// <summary>Explains a customer's score as of a date.</summary>
    /// <param name="definition">The definition that the model was trained by.</param>
    /// <param name="customerId">The identifier by which people know the customer.</param>
    /// <param name="asOf">The first date of the horizon; null takes the day after the last sale.</param>
    /// <param name="version">The version; null takes the one that is promoted.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UserFaultException">There is no such model or customer.</exception>
    public async Task<Explanation> ExplainAsync(
        ChurnDefinition definition, string customerId, DateOnly? asOf, int? version, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var stored = await LoadAsync(connection, definition, version, cancellationToken);
        return await CustomerExplanation.OfAsync(
            connection, definition, stored, await DateAsync(connection, asOf, cancellationToken), customerId, cancellationToken);
    }

    /// <summary>
    /// Looks whether the model that scores should be trained again, as the definition's <see cref="ChurnDefinition.Watch"/> says, and
    /// says so in <c>quality.alert</c>. What a scheduler calls, weekly say.
    /// </summary>
    /// <param name="definition">What churn means and how it is learned.</param>
    /// <param name="isDone">Whether it is trained again then; else only where the definition says that it is done.</param>
    /// <param name="progress">Hears what is being done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UserFaultException">The data do not suffice, features leak, or the model that scores was tampered with.</exception>
    public async Task<RetrainingResult> RetrainAsync(
        ChurnDefinition definition, bool isDone, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var registry = new ModelRegistry(connection, time);
        var current = await registry.CurrentAsync(definition.Name, cancellationToken);
        var stored = current is { } version ? await registry.LoadAsync(definition.Name, version, cancellationToken) : null;
        progress.Report("Looking at the model that scores");
        var newest = await DateAsync(connection, null, cancellationToken);
        var look = await new ModelWatch(connection, definition, registry, Zone).LookAsync(stored, newest, cancellationToken);
        var trained = look.Reasons.Count > 0 && (isDone || definition.Retrain == RetrainChoice.Automatic)
            ? await TrainAsync(definition, null, progress, cancellationToken)
            : null;
        var result = RetrainingResult.Of(definition, newest.Date, current, look, trained);
        await ModelWatch.AlertAsync(connection, time, result, cancellationToken);
        return result;
    }

    /// <summary>Holds past scorings against what happened, and raises alerts in <c>quality.alert</c> where they were worse than tested.</summary>
    public async Task<BacktestResult> BacktestAsync(ChurnDefinition definition, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return await new ChurnBacktest(connection, definition, time).RunAsync(cancellationToken);
    }

    /// <summary>All that is known of one version.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">The version; null takes the one that is promoted.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UserFaultException">There is no such version, or none is promoted.</exception>
    public async Task<VersionCard> CardAsync(string model, int? version, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var registry = new ModelRegistry(connection, time);
        var wanted = await WantedAsync(registry, model, version, cancellationToken);
        var training = await registry.MetricsAsync(model, wanted, cancellationToken);
        var listed = (await registry.ListAsync(cancellationToken)).Single(known => known.Model == model && known.Version == wanted);
        var past = ChurnDefinition.FindOrNull(database.Workspace, model) is { } definition
            ? (await new ChurnBacktest(connection, definition, time).LookAsync(cancellationToken)).Checks
            : [];
        return new VersionCard(
            listed,
            training,
            await registry.ScoringsAsync(model, wanted, cancellationToken),
            [.. past.Where(check => check.Version == wanted)]);
    }

    /// <summary>Every model of the registry, the newest first.</summary>
    public async Task<IReadOnlyList<RegisteredModel>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return await new ModelRegistry(connection, time).ListAsync(cancellationToken);
    }

    /// <summary>
    /// Makes a version score from now on: a later one, or an earlier one again. Snapshots of dates that it has scored already
    /// show its scores.
    /// </summary>
    /// <exception cref="WrongCommandException">There is no such version.</exception>
    /// <exception cref="UserFaultException">It is not what was stored.</exception>
    public Task PromoteAsync(string model, int version, string reason, CancellationToken cancellationToken) => database.PublishAsync(
        PromotionReason,
        async (publication, stop) =>
        {
            var registry = new ModelRegistry(publication.Connection, time);
            await registry.LoadAsync(model, version, stop);
            await registry.DecideAsync(model, version, ModelRegistry.Promoted, reason, by, stop);
            var kept = new KeptScores(publication.Connection, model);
            foreach (var date in await kept.DatesAsync(version, stop))
            {
                await kept.ShowAsync(date, stop);
            }

            return true;
        },
        cancellationToken);

    /// <summary>The model that scores so far, on the test of another; null where there is none of the same definition.</summary>
    private static async Task<ChurnMetrics?> RivalAsync(
        ModelRegistry registry, ChurnDefinition definition, int? current, Trained trained, CancellationToken cancellationToken)
    {
        if (current is null)
        {
            return null;
        }

        var stored = await registry.LoadAsync(definition.Name, current.Value, cancellationToken);
        return stored.Definition == definition.Hash
            ? ChurnMetrics.Of(
                stored.Model.Probabilities(trained.Test.Features, cancellationToken), trained.Test.Churned, definition.Economics, definition.Seed)
            : null;
    }

    private async Task<StoredModel> LoadAsync(
        System.Data.Common.DbConnection connection, ChurnDefinition definition, int? version, CancellationToken cancellationToken)
    {
        var registry = new ModelRegistry(connection, time);
        var wanted = await WantedAsync(registry, definition.Name, version, cancellationToken);
        var stored = await registry.LoadAsync(definition.Name, wanted, cancellationToken);
        ChurnScoring.RequireSameDefinition(definition, stored);
        return stored;
    }

    private static async Task<int> WantedAsync(ModelRegistry registry, string model, int? version, CancellationToken cancellationToken) =>
        version ?? await registry.CurrentAsync(model, cancellationToken)
        ?? throw new UserFaultException($"No version of {model} is promoted. 'warehouse churn train' makes one; 'warehouse churn models' lists them.");

    private async Task<ChurnDate> DateAsync(System.Data.Common.DbConnection connection, DateOnly? asOf, CancellationToken cancellationToken)
    {
        if (asOf is { } date)
        {
            return new ChurnDate(date, Zone);
        }

        var last = await connection.RowsAsync(
            "SELECT max(date_key) FROM star.fact_sale WHERE NOT is_return AND customer_key >= 0",
            row => row.ValueOrNull<DateOnly>(0),
            cancellationToken);
        return last[0] is { } day
            ? new ChurnDate(day.AddDays(1), Zone)
            : throw new UserFaultException("There are no sales to known customers yet. 'warehouse load' brings them.");
    }
}
