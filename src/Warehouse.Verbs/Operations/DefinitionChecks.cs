using Warehouse.Campaigns.Destinations;
using Warehouse.Campaigns.Plans;
using Warehouse.Campaigns.Segments;
using Warehouse.Campaigns.Suppression;
using Warehouse.Cubes;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Models.Churn;
using Warehouse.Store;
using Warehouse.Verbs.Jobs;

namespace Warehouse.Verbs.Operations;

/// <summary>Whether what somebody wrote is understood, folder by folder.</summary>
internal static class DefinitionChecks
{
    public static IEnumerable<Finding> Of(Workspace workspace, TimeProvider time) =>
    [
        Of("feeds", workspace, () => FeedCatalogue.Read(workspace)),
        Of("cubes", workspace, () => CubeModel.Load(workspace.Folder)),
        Of("segments", workspace, () => Segment.ReadAll(workspace)),
        Of("campaigns", workspace, () => (CampaignPlan.ReadAll(workspace), ContactPolicy.Load(workspace))),
        Of(Destination.Folder, workspace, () => workspace.DefinitionsIn(Destination.Folder).Select(path => Destination.Find(workspace, Path.GetFileNameWithoutExtension(path))).ToArray()),
        Of("churn", workspace, () => ChurnDefinition.Find(workspace, ChurnDefinition.DefaultName)),
        Check("jobs", FormattableString.Invariant($"{workspace.Definition.Jobs.Count} jobs are understood."), () =>
        {
            new JobRunner(workspace, time).Require();
            return true;
        }),
    ];

    private static Finding Of<T>(string folder, Workspace workspace, Func<T> read)
    {
        var files = workspace.DefinitionsIn(folder).Count;
        return files == 0
            ? Finding.Ok(folder, "There are none.")
            : Check(folder, FormattableString.Invariant($"{files} {(files == 1 ? "file is" : "files are")} understood."), read);
    }

    private static Finding Check<T>(string name, string words, Func<T> read)
    {
        try
        {
            _ = read();
            return Finding.Ok(name, words);
        }
        catch (UserFaultException fault)
        {
            return Finding.Fail(name, fault.Message.ReplaceLineEndings(" "), "Mend it at its place: what needs it does not work until then.");
        }
    }
}
