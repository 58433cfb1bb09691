using System.Diagnostics;
using System.Text.Json;

namespace Warehouse.Acceptance;

/// <summary>What a process said and how it ended.</summary>
/// <param name="ExitCode">0 done, 1 impossible, 2 wrong command, 3 done with reserve.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The rows of a JSON answer.</summary>
    public JsonElement Rows => JsonDocument.Parse(Output).RootElement.GetProperty("rows");

    /// <summary>Requires that it is done.</summary>
    public CommandResult Done()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}{Environment.NewLine}{Error}{Environment.NewLine}{Output}");
        return this;
    }
}

/// <summary>Runs the built <c>warehouse</c> as people run it: as a process of its own.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command to its end.</summary>
    public static Task<CommandResult> RunAsync(params string[] arguments) => RunToEndAsync(Start(arguments));

    /// <summary>Runs another program in the repository's folder to its end, temporary files going to a folder of the caller's.</summary>
    public static Task<CommandResult> RunProgramAsync(string program, string arguments, string temporary)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.PathOf(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["TMPDIR"] = start.Environment["TEMP"] = start.Environment["TMP"] = temporary;
        return RunToEndAsync(Process.Start(start)!);
    }

    /// <summary>Starts a command; the caller ends it.</summary>
    public static Process Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    /// <summary>Starts a command with variables of the environment; the caller ends it.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var name = OperatingSystem.IsWindows() ? "warehouse.exe" : "warehouse";
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, name), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (variable, value) in variables)
        {
            start.Environment[variable] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<CommandResult> RunToEndAsync(Process started)
    {
        using var process = started;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return new CommandResult(process.ExitCode, await output, await error);
    }
}
