using Warehouse.Definitions;
using Warehouse.Etl.Targets;
using Warehouse.Store;

namespace Warehouse.Etl.Feeds;

/// <summary>The feeds of a workspace.</summary>
public static class FeedCatalogue
{
    /// <summary>The folder of a workspace that holds its feeds.</summary>
    public const string Folder = "feeds";

    /// <summary>Reads all feeds that are enabled, in the order in which they are loaded: what is referred to comes first.</summary>
    /// <exception cref="DefinitionException">Feeds are at fault; all faults of all feeds are listed.</exception>
    /// <exception cref="UserFaultException">There are none.</exception>
    public static IReadOnlyList<Feed> Read(Workspace workspace)
    {
        var feeds = new List<Feed>();
        var faults = new List<DefinitionFault>();
        var disabled = new List<string>();
        foreach (var path in workspace.DefinitionsIn(Folder))
        {
            try
            {
                if (FeedReader.Load(workspace, path) is not { } feed)
                {
                    disabled.Add(workspace.NameOf(path));
                    continue;
                }

                if (feeds.Any(other => other.Name == feed.Name))
                {
                    faults.Add(new DefinitionFault(workspace.NameOf(path), 1, 1, $"There is another feed of the name \"{feed.Name}\"."));
                }

                feeds.Add(feed);
            }
            catch (DefinitionException faulty)
            {
                faults.AddRange(faulty.Faults);
            }
        }

        if (faults.Count > 0)
        {
            throw new DefinitionException(faults);
        }

        if (feeds.Count == 0)
        {
            throw new UserFaultException(disabled.Count == 0
                ? $"The workspace has no feeds: there is no YAML file in {workspace.PathOf(Folder)}."
                : $"The workspace has no feed that is enabled: {string.Join(", ", disabled)} {(disabled.Count == 1 ? "says" : "say")} « enabled: false ».");
        }

        return [.. feeds.OrderBy(feed => TargetCatalogue.Rank(feed.Fills[0].Target)).ThenBy(feed => feed.Name, StringComparer.Ordinal)];
    }

    /// <summary>The feeds of these names, in the order in which they are loaded; all feeds where no name is given.</summary>
    /// <exception cref="WrongCommandException">There is no feed of a name.</exception>
    public static IReadOnlyList<Feed> Choose(IReadOnlyList<Feed> feeds, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (feeds.All(feed => feed.Name != name))
            {
                throw new WrongCommandException(
                    $"There is no feed \"{name}\". {NearNames.Hint(name, feeds.Select(feed => feed.Name), "feeds")} Those that say « enabled: false » do not count.");
            }
        }

        return names.Count == 0 ? feeds : [.. feeds.Where(feed => names.Contains(feed.Name))];
    }
}
