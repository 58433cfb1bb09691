using Warehouse.Definitions;
using Warehouse.Models.Churn;
using Warehouse.Store;
using Warehouse.Testing;

namespace Warehouse.Models.Tests.Churn;

/// <summary>What editors are told of a churn model is what is read of it.</summary>
public sealed class ChurnSchemaTests : IDisposable
{
    private const string Whole =
        """
        model: churn
        description: Who leaves
        horizon: 90
        lookback: 730
        population: {least_purchases: 1}
        learner: auto
        seed: 1
        training: {dates: 12, every: 30}
        features: {exclude: [region]}
        monotone: {complaints_unresolved: rising}
        class_weight: 1
        leakage: {most_auc: 0.95}
        economics: {value: 200, offer_cost: 10, contact_cost: 1, accepts: {alpha: 6, beta: 14}}
        bands: {high: 0.7, medium: 0.4}
        watch: {drift: 0.25, auc_loss: 0.03, calibration_loss: 0.03}
        retrain: automatic
        """;

    private readonly FreshFolder _folder = new();
    private readonly Workspace _workspace;

    public ChurnSchemaTests()
    {
        _folder.Write(Workspace.FileName, "name: test\ncurrency: GBP\n");
        _workspace = Workspace.Open(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Definition_AgreesWithItsSchema()
    {
        var agreement = new SchemaAgreement(
            Assert.Single(DefinitionSchema.Of(typeof(ChurnModels).Assembly), schema => schema.Name == "churn"),
            text =>
            {
                _folder.Write("models/churn.yaml", text);
                try
                {
                    _ = ChurnDefinition.Find(_workspace, "churn");
                    return [];
                }
                catch (DefinitionException faulty)
                {
                    return faulty.Faults;
                }
            });
        agreement.RequireRight(Whole, "model: churn\nfeatures: {exclude: region}\nmonotone: {spent: falling}\nlearner: boosting\nretrain: proposed\n");
        agreement.RequireSameKeys(Whole);
        agreement.RequireSameKinds(Whole);
        agreement.RequireWrong(
            "model: churn\nhorizon: 0\n",
            "model: churn\nlookback: 29\n",
            "model: churn\nlearner: boost\n",
            "model: churn\nseed: -1\n",
            "model: churn\ntraining: {dates: 1}\n",
            "model: churn\nmonotone: {spent: up}\n",
            "model: churn\nclass_weight: 0\n",
            "model: churn\nleakage: {most_auc: 2}\n",
            "model: churn\neconomics: {accepts: {alpha: 0}}\n",
            "model: churn\nbands: {high: 1.5}\n",
            "model: churn\nwatch: {auc_loss: 2}\n",
            "model: churn\nretrain: weekly\n");
    }
}
