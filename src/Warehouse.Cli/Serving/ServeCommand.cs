using System.CommandLine;
using Warehouse.Definitions;
using Warehouse.Service;
using Warehouse.Service.Sessions;
using Warehouse.Verbs;
using Warehouse.Verbs.Commands;
using Warehouse.Verbs.Output;

namespace Warehouse.Cli.Serving;

/// <summary><c>warehouse serve</c>: owns the workspace and answers over HTTP until it is asked to stop.</summary>
internal static class ServeCommand
{
    public static Command Create(TimeProvider time)
    {
        var urls = new Option<string[]>("--urls")
        {
            Description = "Where to listen, in place of what warehouse.yaml says; port 0 takes a free one.",
            HelpName = "URL",
            AllowMultipleArgumentsPerToken = true,
        };
        var workspace = CommonOptions.Workspace();
        var command = new Command("serve", "Answer over HTTP what the command line can be asked, as the one process that owns the workspace.") { urls, workspace };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var options = new ServiceOptions(place, time) { Urls = [.. (parsed.GetValue(urls) ?? []).Select(Url)], WritesLog = true };
            var output = parsed.Caller().Output;
            await using (var service = await WarehouseService.StartAsync(options, stop))
            {
                await output.WriteLineAsync($"{place.Definition.Name} is served at {string.Join(", ", service.Urls)}. Ctrl-C stops it.");
                await output.WriteLineAsync(Console.IsOutputRedirected
                    ? "'warehouse open' prints the address by which its owner enters with a browser."
                    : $"To enter with a browser, once and within ten minutes: {EntryCode.Address(service.Owner, time)}\n'warehouse open' prints another.");
                await output.FlushAsync(CancellationToken.None);
                await service.RunAsync(stop);
            }

            await output.WriteLineAsync("Stopped. Nothing half-done remains.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Uri Url(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url
        : throw new WrongCommandException($"--urls are written like http://127.0.0.1:8765, not \"{text}\".");
}
