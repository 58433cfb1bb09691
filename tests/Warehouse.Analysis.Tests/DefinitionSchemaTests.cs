using Warehouse.Analysis.Lifecycle;
using Warehouse.Analysis.Rfm;
using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests;

/// <summary>What editors are told of segments and stages is what is read of them.</summary>
public sealed class DefinitionSchemaTests
{
    private const string Segments = "bins: 2\nsegments:\n  Good:\n    meaning: Bought lately.\n    cells: [2 1-2 1-2]\n  Rest:\n    cells: [111, 1 1 2, 1 2 1-2]\n";

    private const string Stages =
        """
        stages:
          new: {meaning: Not yet a customer., does: Invite., when: [{orders: below 1}]}
          active: {when: [{orders: from 1, overdue: below 3, trend: unknown or from 0.5}]}
          falling: {when: [{orders: from 1, overdue: below 3, trend: below 0.5, tenure_days: from 0 below 90}, {orders: from 1, overdue: below 3, trend: below 0.5, tenure_days: unknown or from 90}, {orders: from 1, overdue: below 3, trend: below 0.5, tenure_days: below 0}]}
          gone: {when: [{orders: from 1, overdue: unknown or from 3, churn: unknown, open_complaints: below 1}, {orders: from 1, overdue: unknown or from 3, churn: unknown, open_complaints: unknown or from 1}, {orders: from 1, overdue: unknown or from 3, churn: below 2}, {orders: from 1, overdue: unknown or from 3, churn: from 2}]}
          nobody: {when: [{orders: unknown}]}
        """;

    [SkippableFact]
    public void Segments_AgreeWithTheirSchema()
    {
        var agreement = Agreement("rfm", SegmentMap.Parse);
        agreement.RequireRight(Segments, "bins: 2\nsegments: {All: {cells: 1-2 1-2 1-2}}\n", Resource("Rfm/segments.yaml"));
        agreement.RequireSameKeys(Segments);
        agreement.RequireSameKinds("bins: 2\nsegments: {All: {meaning: Everybody., cells: [1-2 1-2 1-2]}}\n");
        agreement.RequireWrong(
            "bins: 1\nsegments: {All: {cells: [1 1 1]}}\n",
            "bins: 11\nsegments: {All: {cells: [1-10 1-10 1-10]}}\n",
            "bins: 2\n",
            "bins: 2\nsegments: {}\n",
            "bins: 2\nsegments: {All: {cells: [1-2 1-2]}}\n",
            "bins: 2\nsegments: {All: {cells: [best]}}\n",
            "bins: 2\nsegments: {All: {cells: [1-2 1-2 1-2 1]}}\n");
    }

    [SkippableFact]
    public void Stages_AgreeWithTheirSchema()
    {
        var agreement = Agreement("lifecycle", StageMap.Parse);
        agreement.RequireRight(Stages, Resource("Lifecycle/stages.yaml"));
        agreement.RequireSameKeys(Stages);
        agreement.RequireSameKinds(Stages);
        agreement.RequireWrong(
            "stages: {}\n",
            "stages: {all: {when: [{orders: 3}]}}\n",
            "stages: {all: {when: [{orders: from}]}}\n",
            "stages: {all: {when: [{orders: from 1 below}]}}\n",
            "stages: {all: {when: [{orders: unknown or}]}}\n",
            "stages: {all: {when: [{orders: above 3}]}}\n");
    }

    private static SchemaAgreement Agreement(string name, Func<string, string, object> parse) => new(
        Assert.Single(DefinitionSchema.Of(typeof(SegmentMap).Assembly), schema => schema.Name == name),
        text =>
        {
            try
            {
                _ = parse(text, name + ".yaml");
                return [];
            }
            catch (DefinitionException faulty)
            {
                return faulty.Faults;
            }
        });

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(SegmentMap).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
