using System.CommandLine;
using Warehouse.Verbs;

namespace Warehouse.Service.Api;

/// <summary>The verbs of the command line, and the routes that ask them.</summary>
internal sealed class VerbCatalogue
{
    public VerbCatalogue(TimeProvider time)
    {
        Root = [];
        foreach (var verb in VerbTree.Create(time))
        {
            Root.Add(verb);
        }

        Routes = VerbRoute.All(Root);
    }

    /// <summary>The tree that words are read by.</summary>
    public RootCommand Root { get; }

    public IReadOnlyList<VerbRoute> Routes { get; }
}
