using System.Text;
using Warehouse.Service.Access;
using Warehouse.Service.Api;
using Warehouse.Store;
using Warehouse.Verbs;
using Warehouse.Verbs.Output;

namespace Warehouse.Service.Agents;

/// <summary>What a verb says to an agent: its answer and its words as texts.</summary>
internal static class VerbAnswer
{
    /// <summary>Runs the words in this process.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> OfAsync(
        VerbCatalogue verbs, IReadOnlyList<string> words, Workspace workspace, Visitor visitor, SharedCubes? cubes, TextWriter answers, TextWriter notes, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        var caller = new Caller
        {
            Name = visitor.Name,
            Folder = workspace.Folder,
            Workspace = workspace,
            CubeRoles = visitor.CubeRoles,
            Cubes = cubes is null ? null : cubes.Of,
            Answers = () => new Unclosed(bytes),
            Output = answers,
            Error = notes,
            Terminal = Terminals.Over(answers),
        };
        var code = await Verdict.OfAsync(verbs.Root.Parse(words, VerbWords.Plain), caller, stop);
        await answers.WriteAsync(Encoding.UTF8.GetString(bytes.ToArray()));
        return code;
    }

    /// <summary>A writer may close it; what was written stays.</summary>
    private sealed class Unclosed(MemoryStream kept) : MemoryStream
    {
        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                WriteTo(kept);
            }

            base.Dispose(disposing);
        }
    }
}
