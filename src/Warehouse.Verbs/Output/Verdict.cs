using System.CommandLine;
using Warehouse.Definitions;

namespace Warehouse.Verbs.Output;

/// <summary>Runs a command and turns what comes of it into words on standard error and an exit code.</summary>
internal static class Verdict
{
    /// <summary>Runs the command that was parsed.</summary>
    public static async Task<int> OfAsync(ParseResult command, Caller caller, CancellationToken cancellationToken)
    {
        if (command.Errors.Count > 0)
        {
            foreach (var error in command.Errors)
            {
                await caller.Error.WriteLineAsync(error.Message);
            }

            await caller.Error.WriteLineAsync($"'{NameOf(command)} --help' tells what can be said.");
            return ExitCode.WrongCommand;
        }

        try
        {
            return await command.InvokeAsync(caller, cancellationToken);
        }
        catch (UserFaultException fault)
        {
            await caller.Error.WriteLineAsync(fault.Message);
            return fault.IsWrongCommand ? ExitCode.WrongCommand : ExitCode.Impossible;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await caller.Error.WriteLineAsync("Stopped. Nothing half-done remains.");
            return ExitCode.Impossible;
        }
        catch (IOException fault)
        {
            await caller.Error.WriteLineAsync($"{fault.Message} Nothing half-done remains.");
            return ExitCode.Impossible;
        }
    }

    private static string NameOf(ParseResult command)
    {
        var names = new List<string>();
        for (System.CommandLine.Parsing.SymbolResult? at = command.CommandResult; at is not null; at = at.Parent)
        {
            if (at is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } part)
            {
                names.Insert(0, part.Command.Name);
            }
        }

        return string.Join(' ', names.Prepend("warehouse"));
    }
}
