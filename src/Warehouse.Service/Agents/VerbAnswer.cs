using System.Text;
using Warehouse.Service.Access;
using Warehouse.Service.Api;
using Warehouse.Store;
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
        await using var bytes = new AnswerBytes();
        var code = await Verdict.OfAsync(verbs.Root.Parse(words, VerbWords.Plain), VerbCaller.Of(visitor, workspace, cubes, bytes, answers, notes), stop);
        await answers.WriteAsync(Encoding.UTF8.GetString(bytes.Whole()));
        return code;
    }
}
