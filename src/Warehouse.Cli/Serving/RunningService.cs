using System.CommandLine;
using Warehouse.Definitions;
using Warehouse.Service.Access;
using Warehouse.Service.Forwarding;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Cli.Serving;

/// <summary>The service that holds the workspace which a command is about: it is asked, and says the same.</summary>
internal static class RunningService
{
    private const string WorkspaceOption = "--workspace";

    /// <summary>Runs a command by the service of its workspace.</summary>
    /// <returns>The exit code; null where no service runs, or the command is of no workspace.</returns>
    public static async Task<int?> TryAsync(ParseResult command, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        if (command.Errors.Count > 0
            || command.CommandResult.Command.Options.OfType<Option<string?>>().FirstOrDefault(option => option.Name == WorkspaceOption) is not { } workspace
            || Find(command.GetValue(workspace)) is not { } service)
        {
            return null;
        }

        var forwarded = new ForwardedCommand(words, Directory.GetCurrentDirectory(), Shape(Console.IsOutputRedirected), Shape(Console.IsErrorRedirected));
        await using var output = Console.OpenStandardOutput();
        await using var error = Console.OpenStandardError();
        try
        {
            return await CommandForwarder.RunAsync(service, forwarded, output, error, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped. Nothing half-done remains.");
            return ExitCode.Impossible;
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"The service at {service.Url} did not answer to the end: {fault.Message}");
            return ExitCode.Impossible;
        }
    }

    private static OwnerToken? Find(string? folder)
    {
        try
        {
            return OwnerToken.Find(folder is null ? Workspace.Find(Directory.GetCurrentDirectory()) : Workspace.Open(folder));
        }
        catch (UserFaultException)
        {
            // What is wrong with the workspace is told by the command itself.
            return null;
        }
    }

    private static TerminalShape? Shape(bool isRedirected) =>
        isRedirected ? null : new TerminalShape(Math.Max(40, Console.WindowWidth), Environment.GetEnvironmentVariable("NO_COLOR") is null);
}
