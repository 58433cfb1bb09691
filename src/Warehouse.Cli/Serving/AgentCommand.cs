using System.CommandLine;
using Warehouse.Service.Access;
using Warehouse.Service.Agents;
using Warehouse.Verbs;
using Warehouse.Verbs.Commands;
using Warehouse.Verbs.Output;

namespace Warehouse.Cli.Serving;

/// <summary><c>warehouse mcp</c>: answers an agent by the Model Context Protocol over standard input and output; nothing that it asks changes anything.</summary>
internal static class AgentCommand
{
    public static Command Create(TimeProvider time)
    {
        var role = new Option<string>("--role") { Description = "As what the agent asks: viewer for cubes alone, analyst for analyses, too.", HelpName = "ROLE", DefaultValueFactory = _ => "viewer" };
        role.AcceptOnlyFromAmong("viewer", "analyst");
        var cubes = new Option<string?>("--cubes") { Description = "Roles of the cubes, separated by commas, that limit which rows a viewer sees.", HelpName = "A,B" };
        var workspace = CommonOptions.Workspace();
        var command = new Command("mcp", "Answer an agent over standard input and output by the Model Context Protocol: tools that only read.") { role, cubes, workspace };
        command.SetAction(async (parsed, stop) =>
        {
            var limits = parsed.GetValue(cubes)?.Split(',', StringSplitOptions.TrimEntries);
            var visitor = new Visitor($"{parsed.Caller().Name} (agent)", limits is null ? Role.Of(parsed.GetValue(role)!) : Role.Viewer, limits);
            await using var input = Console.OpenStandardInput();
            await using var output = Console.OpenStandardOutput();
            await AgentServer.RunAsync(CommonOptions.Open(parsed, workspace), visitor, input, output, time, stop);
            return ExitCode.Done;
        });
        return command;
    }
}
