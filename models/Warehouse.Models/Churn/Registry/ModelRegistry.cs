using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Warehouse.Definitions;
using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Learners;
using Warehouse.Models.Churn.Learners.Boosting;
using Warehouse.Models.Churn.Learners.Logistic;
using Warehouse.Models.Churn.Training;
using Warehouse.Store;

namespace Warehouse.Models.Churn.Registry;

/// <summary>Keeps every model that was trained, and which one scores. Nothing in it is overwritten.</summary>
internal sealed class ModelRegistry(DbConnection connection, TimeProvider time)
{
    public const string Promoted = "promoted";
    public const string Refused = "refused";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Adds a model and gives its version.</summary>
    public async Task<int> AddAsync(
        ChurnDefinition definition, TrainingResult result, ChurnModel model, DriftReference reference, string by, CancellationToken cancellationToken)
    {
        var version = 1 + await connection.ScalarAsync<int>(
            "SELECT coalesce(max(version), 0) FROM ops.churn_model WHERE model = $model", cancellationToken, ("model", definition.Name));
        var parts = new Parts(
            definition.Hash,
            JsonSerializer.Serialize(model.Encoding, Json),
            JsonSerializer.Serialize(model.Calibrator, Json),
            JsonSerializer.Serialize(reference, Json),
            model.Scorer.ToArtefact());
        await connection.ExecuteAsync(
            Sql("add_model"),
            cancellationToken,
            ("model", definition.Name),
            ("version", version),
            ("as_of", result.AsOf),
            ("horizon_days", result.HorizonDays),
            ("generation", result.Generation),
            ("definition_hash", definition.Hash),
            ("definition", definition.Source),
            ("learner", result.Learner),
            ("seed", definition.Seed),
            ("metrics", JsonSerializer.Serialize(result, Json)),
            ("encoding", parts.Encoding),
            ("calibration", parts.Calibration),
            ("reference", parts.Reference),
            ("artefact", parts.Artefact),
            ("sha256", parts.Hash()),
            ("trained_at", time.GetUtcNow()),
            ("trained_by", by));
        return version;
    }

    /// <summary>Records a decision about a model: promoted, and it scores from now on, or refused.</summary>
    /// <exception cref="WrongCommandException">There is no such version.</exception>
    public async Task DecideAsync(string model, int version, string action, string reason, string by, CancellationToken cancellationToken)
    {
        await RequireAsync(model, version, cancellationToken);
        await connection.ExecuteAsync(
            """
            INSERT INTO ops.churn_promotion (model, version, decided_at, decided_by, action, reason)
            VALUES ($model, $version, $decided_at, $decided_by, $action, $reason)
            """,
            cancellationToken,
            ("model", model),
            ("version", version),
            ("decided_at", time.GetUtcNow()),
            ("decided_by", by),
            ("action", action),
            ("reason", reason));
    }

    /// <summary>The version that scores; null where none does.</summary>
    public async Task<int?> CurrentAsync(string model, CancellationToken cancellationToken) =>
        (await connection.RowsAsync(
            "SELECT version FROM ops.churn_promotion WHERE model = $model AND action = 'promoted' ORDER BY decided_at DESC, rowid DESC LIMIT 1",
            row => (int?)row.GetInt32(0),
            cancellationToken,
            ("model", model))).FirstOrDefault();

    /// <summary>Every model, the newest first.</summary>
    public Task<List<RegisteredModel>> ListAsync(CancellationToken cancellationToken) => connection.RowsAsync(
        Sql("models"),
        row => new RegisteredModel(
            row.GetString(0), row.GetInt32(1), row.ValueOrNull<DateOnly>(2), row.ValueOrNull<int>(3), row.GetInt32(4), row.GetString(5), row.GetString(6),
            row.GetDouble(7), row.GetFieldValue<DateTimeOffset>(8), row.GetString(9), row.GetString(10), row.TextOrNull(11), row.GetDouble(12)),
        cancellationToken);

    /// <summary>A model, whole.</summary>
    /// <exception cref="WrongCommandException">There is no such version.</exception>
    /// <exception cref="UserFaultException">It is not what was stored.</exception>
    public async Task<StoredModel> LoadAsync(string model, int version, CancellationToken cancellationToken)
    {
        await RequireAsync(model, version, cancellationToken);
        var (parts, stored, learner, horizon, learnedTo) = (await connection.RowsAsync(
            """
            SELECT definition_hash, encoding, calibration, reference, artefact, sha256, learner, horizon_days, as_of
            FROM ops.churn_model WHERE model = $model AND version = $version
            """,
            row => (
                new Parts(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4)),
                row.GetString(5), row.GetString(6), row.ValueOrNull<int>(7), row.ValueOrNull<DateOnly>(8)),
            cancellationToken,
            ("model", model),
            ("version", version)))[0];
        if (parts.Hash() != stored)
        {
            throw new UserFaultException(FormattableString.Invariant(
                $"Version {version} of {model} was changed since it was trained: its parts have the SHA-256 {parts.Hash()[..12]}…, and {stored[..12]}… was recorded. It is not used. Roll back to another version, or train again."));
        }

        var encoding = JsonSerializer.Deserialize<FeatureEncoding>(parts.Encoding, Json)!;
        ChurnScorer scorer = learner == LogisticLearner.LearnerName
            ? LogisticScorer.FromArtefact(parts.Artefact)
            : BoostedTrees.FromArtefact(parts.Artefact, encoding.Columns.Count);
        return new StoredModel(
            model,
            version,
            horizon,
            parts.Definition,
            learnedTo,
            new ChurnModel(encoding, scorer, JsonSerializer.Deserialize<Calibrator>(parts.Calibration, Json)!),
            JsonSerializer.Deserialize<DriftReference>(parts.Reference, Json)!);
    }

    /// <summary>What the training of a version said.</summary>
    /// <exception cref="WrongCommandException">There is no such version.</exception>
    public async Task<TrainingResult> MetricsAsync(string model, int version, CancellationToken cancellationToken)
    {
        await RequireAsync(model, version, cancellationToken);
        return JsonSerializer.Deserialize<TrainingResult>(
            await connection.ScalarAsync<string>(
                "SELECT metrics FROM ops.churn_model WHERE model = $model AND version = $version",
                cancellationToken,
                ("model", model),
                ("version", version)),
            Json)!;
    }

    /// <summary>What a version has scored, the latest date first.</summary>
    public Task<List<VersionScoring>> ScoringsAsync(string model, int version, CancellationToken cancellationToken) => connection.RowsAsync(
        Sql("scorings"),
        row => new VersionScoring(
            row.GetFieldValue<DateOnly>(0), row.GetInt32(1), row.GetInt64(2), row.GetDouble(3), row.GetFieldValue<DateTimeOffset>(4),
            JsonSerializer.Deserialize<List<Drift>>(row.GetString(5), Json)!),
        cancellationToken,
        ("model", model),
        ("version", version));

    private async Task RequireAsync(string model, int version, CancellationToken cancellationToken)
    {
        var versions = await connection.RowsAsync(
            "SELECT version FROM ops.churn_model WHERE model = $model ORDER BY version",
            row => row.GetInt32(0),
            cancellationToken,
            ("model", model));
        if (!versions.Contains(version))
        {
            throw new WrongCommandException(versions.Count == 0
                ? $"There is no model {model} yet. 'warehouse churn train' makes one."
                : string.Create(CultureInfo.InvariantCulture, $"There is no version {version} of {model}. There are {string.Join(", ", versions)}."));
        }
    }

    private static string Sql(string name) => SqlFile.Read(typeof(ModelRegistry), $"Churn/Registry/{name}.sql");

    /// <summary>What a model is made of.</summary>
    private sealed record Parts(string Definition, string Encoding, string Calibration, string Reference, string Artefact)
    {
        /// <summary>SHA-256 of the parts, each with its length.</summary>
        public string Hash()
        {
            var text = new StringBuilder();
            foreach (var part in (string[])[Definition, Encoding, Calibration, Reference, Artefact])
            {
                text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}\n");
            }

            return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text.ToString())));
        }
    }
}
