using Spectre.Console;

namespace Warehouse.Verbs.Output;

/// <summary>Consoles over writers.</summary>
internal static class Terminals
{
    private const int WidthOfFiles = 140;

    /// <summary>A writer that is no terminal.</summary>
    public static IAnsiConsole Over(TextWriter writer) => Over(writer, isRedirected: true);

    /// <summary>A writer that may be a terminal: then it has its width and colours.</summary>
    public static IAnsiConsole Over(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }
}
