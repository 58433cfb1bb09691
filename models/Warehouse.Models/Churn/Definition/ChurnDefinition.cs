using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Warehouse.Definitions;
using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Scoring;
using Warehouse.Store;

namespace Warehouse.Models.Churn;

/// <summary>What churn means here and how it is learned: a file of the workspace's <c>models/</c>.</summary>
/// <param name="Name">By which commands know the model.</param>
/// <param name="HorizonDays">H: who buys nothing in the H days from the as-of date has churned.</param>
/// <param name="LookbackDays">How far back features look, and the population reaches.</param>
/// <param name="LeastPurchases">The fewest days with a purchase in the lookback that make a customer one of the population.</param>
/// <param name="Learner">What learns.</param>
/// <param name="Seed">What chance is drawn from.</param>
/// <param name="TrainingDates">The most past dates that are learned from, the validation date included.</param>
/// <param name="TrainingEveryDays">Days between them.</param>
/// <param name="Excluded">Features that are left out.</param>
/// <param name="Monotone">Features with which the churn score may only rise (1) or only fall (-1), of boosted trees.</param>
/// <param name="ClassWeight">What a churner weighs against another in boosted trees; 1 keeps probabilities as they are.</param>
/// <param name="MostFeatureAuc">A single feature that separates better than this is taken for a leak.</param>
/// <param name="Economics">What acting costs and brings.</param>
/// <param name="Bands">How probabilities are called.</param>
/// <param name="Watch">From where on a model should be trained again.</param>
/// <param name="Retrain">What is done then.</param>
/// <param name="Source">The text of the definition.</param>
public sealed record ChurnDefinition(
    string Name,
    int HorizonDays,
    int LookbackDays,
    int LeastPurchases,
    LearnerChoice Learner,
    int Seed,
    int TrainingDates,
    int TrainingEveryDays,
    IReadOnlyList<string> Excluded,
    IReadOnlyDictionary<string, int> Monotone,
    double ClassWeight,
    double MostFeatureAuc,
    ChurnEconomics Economics,
    RiskBands Bands,
    ChurnWatch Watch,
    RetrainChoice Retrain,
    string Source)
{
    /// <summary>The folder of a workspace that holds its models' definitions.</summary>
    public const string Folder = "models";

    /// <summary>The model that commands take where none is named.</summary>
    public const string DefaultName = "churn";

    private static readonly Dictionary<string, LearnerChoice> Learners = new(StringComparer.Ordinal)
    {
        ["auto"] = LearnerChoice.Auto,
        ["logistic"] = LearnerChoice.Logistic,
        ["boosting"] = LearnerChoice.Boosting,
    };

    private static readonly Dictionary<string, int> Directions = new(StringComparer.Ordinal) { ["rising"] = 1, ["falling"] = -1 };

    private static readonly Dictionary<string, RetrainChoice> Retrainings = new(StringComparer.Ordinal)
    {
        ["proposed"] = RetrainChoice.Proposed,
        ["automatic"] = RetrainChoice.Automatic,
    };

    /// <summary>What holds where the workspace says nothing.</summary>
    public static ChurnDefinition Default { get; } = Read(DefinitionFile.Parse("model: churn\n", "the built-in definition"), DefaultName, "model: churn\n");

    /// <summary>
    /// SHA-256 of what the definition says of a model and of the SQL that carries it out: what models and results name. Comments,
    /// the learner, and when to train again do not change what scores mean, and are not in it.
    /// </summary>
    public string Hash { get; private init; } = "";

    /// <summary>The model of a name: the workspace's own, or the built-in one where the workspace has no file for it.</summary>
    /// <exception cref="DefinitionException">Definitions are at fault.</exception>
    /// <exception cref="WrongCommandException">There is no such model.</exception>
    public static ChurnDefinition Find(Workspace workspace, string name) => FindOrNull(workspace, name)
        ?? throw new WrongCommandException(
            $"There is no model \"{name}\". {NearNames.Hint(name, Of(workspace).Select(definition => definition.Name).Append(DefaultName), "models")}");

    /// <summary>The same, or null where no definition has the name, as of a model that was trained on a table.</summary>
    /// <exception cref="DefinitionException">Definitions are at fault.</exception>
    public static ChurnDefinition? FindOrNull(Workspace workspace, string name) =>
        Of(workspace).Find(definition => definition.Name == name) ?? (name == DefaultName ? Default : null);

    private static List<ChurnDefinition> Of(Workspace workspace) =>
    [
        .. workspace.DefinitionsIn(Folder).Select(path => Read(
            DefinitionFile.Load(path, workspace.NameOf(path)), Path.GetFileNameWithoutExtension(path), File.ReadAllText(path))),
    ];

    /// <summary>The same with another horizon and, where given, another learner: what a command's options change.</summary>
    public ChurnDefinition With(int? horizonDays, LearnerChoice? learner) => Hashed(this with
    {
        HorizonDays = horizonDays ?? HorizonDays,
        Learner = learner ?? Learner,
    });

    /// <summary>The learner of a name, as definitions and commands write it: auto, logistic, boosting.</summary>
    /// <exception cref="WrongCommandException">There is none.</exception>
    public static LearnerChoice ParseLearner(string name) => Learners.TryGetValue(name, out var learner)
        ? learner
        : throw new WrongCommandException($"There is no learner \"{name}\". {NearNames.Hint(name, Learners.Keys, "learners")}");

    internal static ChurnDefinition Read(DefinitionFile file, string defaultName, string source)
    {
        var root = file.Root;
        root.Text("description");
        var population = root.Map("population");
        var training = root.Map("training");
        var definition = new ChurnDefinition(
            root.Text("model") ?? defaultName,
            root.Whole("horizon", 1, 3660) ?? 90,
            root.Whole("lookback", 30, 36600) ?? 730,
            population?.Whole("least_purchases", 1, 1000) ?? 1,
            root.Choice("learner", Learners) ?? LearnerChoice.Auto,
            root.Whole("seed", 0) ?? 1,
            training?.Whole("dates", 2, 120) ?? 12,
            training?.Whole("every", 1, 3660) ?? 30,
            [.. root.Map("features")?.Texts("exclude").Select(name => name.Text) ?? []],
            root.Map("monotone") is { } monotone ? ReadDirections(monotone) : new Dictionary<string, int>(StringComparer.Ordinal),
            (double)(root.Number("class_weight", 0.001m, 1000m) ?? 1m),
            (double)(root.Map("leakage")?.Number("most_auc", 0.5m, 1m) ?? 0.95m),
            ChurnEconomics.Read(root.Map("economics")),
            ReadBands(root.Map("bands")),
            ChurnWatch.Read(root.Map("watch")),
            root.Choice("retrain", Retrainings) ?? RetrainChoice.Proposed,
            source);
        file.ThrowIfFaulty();
        return Hashed(definition);
    }

    private static RiskBands ReadBands(DefinitionMap? map)
    {
        var bands = new RiskBands((double)(map?.Number("high", 0m, 1m) ?? 0.7m), (double)(map?.Number("medium", 0m, 1m) ?? 0.4m));
        if (bands.High < bands.Medium)
        {
            map!.Fault("medium", "\"medium\" begins below \"high\".");
        }

        return bands;
    }

    private static Dictionary<string, int> ReadDirections(DefinitionMap map)
    {
        var directions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, value) in map.NamedTexts())
        {
            if (Directions.TryGetValue(value.Text, out var direction))
            {
                directions[name.Text] = direction;
            }
            else
            {
                value.Fault($"A score is rising or falling with a feature, not \"{value}\".");
            }
        }

        return directions;
    }

    private static ChurnDefinition Hashed(ChurnDefinition definition)
    {
        var text = new StringBuilder();
        foreach (var part in StarFeatures.Sources.Prepend(definition.Meaning()))
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}\n");
        }

        return definition with { Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))) };
    }

    /// <summary>What a model and its scores depend on: neither words nor who learns, nor when somebody should look again.</summary>
    private string Meaning() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        horizon {HorizonDays}
        lookback {LookbackDays}
        least purchases {LeastPurchases}
        seed {Seed}
        training {TrainingDates} every {TrainingEveryDays}
        exclude {string.Join(',', Excluded.Order(StringComparer.Ordinal))}
        monotone {string.Join(',', Monotone.OrderBy(feature => feature.Key, StringComparer.Ordinal).Select(feature => $"{feature.Key} {feature.Value}"))}
        class weight {ClassWeight:R}
        most auc {MostFeatureAuc:R}
        economics {Economics.Value:R} {Economics.OfferCost:R} {Economics.ContactCost:R} {Economics.AcceptanceAlpha:R} {Economics.AcceptanceBeta:R}
        bands {Bands.High:R} {Bands.Medium:R}
        """);
}
