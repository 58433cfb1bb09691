using System.CommandLine;
using Warehouse.Definitions;
using Warehouse.Service.Access;
using Warehouse.Service.Sessions;
using Warehouse.Verbs;
using Warehouse.Verbs.Commands;
using Warehouse.Verbs.Output;

namespace Warehouse.Cli.Serving;

/// <summary><c>warehouse open</c>: the address by which the owner of the workspace enters the running service with a browser.</summary>
internal static class OpenCommand
{
    public static Command Create(TimeProvider time)
    {
        var workspace = CommonOptions.Workspace();
        var command = new Command("open", "Print an address that lets the owner in by a browser, once and within ten minutes.") { workspace };
        command.SetAction(parsed =>
        {
            var owner = OwnerToken.Find(CommonOptions.Open(parsed, workspace)) ?? throw new UserFaultException("The workspace is not served. 'warehouse serve' serves it.");
            parsed.Caller().Output.WriteLine(EntryCode.Address(owner, time));
            return ExitCode.Done;
        });
        return command;
    }
}
