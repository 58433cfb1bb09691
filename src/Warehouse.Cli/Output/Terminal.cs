using Spectre.Console;

namespace Warehouse.Cli.Output;

/// <summary>Where words for people go: answers to standard output, progress and notes to standard error.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 140;

    /// <summary>Standard output.</summary>
    public static IAnsiConsole Out { get; } = Over(Console.Out, Console.IsOutputRedirected);

    /// <summary>Standard error.</summary>
    public static IAnsiConsole Error { get; } = Over(Console.Error, Console.IsErrorRedirected);

    /// <summary>A writer that is no terminal.</summary>
    public static IAnsiConsole Over(TextWriter writer) => Over(writer, isRedirected: true);

    private static IAnsiConsole Over(TextWriter writer, bool isRedirected)
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
