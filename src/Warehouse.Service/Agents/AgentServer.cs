using System.Text;
using ModelContextProtocol.Server;
using Warehouse.Service.Access;
using Warehouse.Service.Api;
using Warehouse.Service.Forwarding;
using Warehouse.Store;

namespace Warehouse.Service.Agents;

/// <summary>Answers an agent over standard input and output, by the service of the workspace where one runs, else by this process.</summary>
internal static class AgentServer
{
    /// <summary>Answers until the input ends.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="visitor">As whom the agent asks.</param>
    /// <param name="input">What the agent says.</param>
    /// <param name="output">What it is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(Workspace workspace, Visitor visitor, Stream input, Stream output, TimeProvider time, CancellationToken cancellationToken)
    {
        var verbs = new VerbCatalogue(time);
        var tools = new VerbTools(verbs, visitor, (words, answers, notes, stop) => AskAsync(workspace, visitor, verbs, words, answers, notes, stop));
        await using var server = McpServer.Create(new StreamServerTransport(input, output, "warehouse"), tools.Options());
        await server.RunAsync(cancellationToken);
    }

    private static async Task<int> AskAsync(
        Workspace workspace, Visitor visitor, VerbCatalogue verbs, IReadOnlyList<string> words, TextWriter answers, TextWriter notes, CancellationToken stop)
    {
        if (OwnerToken.Find(workspace) is { } service)
        {
            using var said = new MemoryStream();
            using var beside = new MemoryStream();
            var forwarded = new ForwardedCommand(words, workspace.Folder, null, null, visitor.CubeRoles);
            if (await CommandForwarder.RunAsync(service, forwarded, said, beside, stop) is { } code)
            {
                await answers.WriteAsync(Encoding.UTF8.GetString(said.ToArray()));
                await notes.WriteAsync(Encoding.UTF8.GetString(beside.ToArray()));
                return code;
            }
        }

        return await VerbAnswer.OfAsync(verbs, words, workspace, visitor, cubes: null, answers, notes, stop);
    }
}
