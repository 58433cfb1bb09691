using System.CommandLine;
using System.Globalization;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary>The options that most commands take.</summary>
internal static class CommonOptions
{
    /// <summary><c>-w, --workspace DIR</c>.</summary>
    public static Option<string?> Workspace() => new("--workspace", "-w")
    {
        Description = $"The workspace's folder; else the nearest folder, from here upwards, that has a {Store.Workspace.FileName}.",
        HelpName = "DIR",
    };

    /// <summary><c>--format table|json|ndjson|csv|arrow|parquet|xlsx|display</c>.</summary>
    public static Option<string> Format() => Format("table", "json", "ndjson", "csv", "arrow", "parquet", "xlsx", "display");

    /// <summary><c>--format table|json|ndjson|csv|arrow|parquet|xlsx|html|display</c>, of commands whose answers have charts.</summary>
    public static Option<string> FormatWithCharts() => Format("table", "json", "ndjson", "csv", "arrow", "parquet", "xlsx", "html", "display");

    /// <summary><c>--out FILE</c>.</summary>
    public static FileOption Out() => new("--out", "The file that the answer is written to; else it goes to standard output.");

    /// <summary><c>--as-of DATE</c>.</summary>
    public static Option<string?> AsOf() => new("--as-of")
    {
        Description = "The date that the answer holds for, such as 2026-06-30; nothing later is used.",
        HelpName = "DATE",
    };

    /// <summary>The workspace that was named, or the one that lies around.</summary>
    public static Workspace Open(ParseResult command, Option<string?> option) =>
        command.Caller().Open(command.GetValue(option));

    /// <summary>Where and how to write.</summary>
    public static AnswerWriter Writer(ParseResult command, Option<string> format, FileOption path) =>
        new(command.Caller(), Enum.Parse<AnswerFormat>(command.GetValue(format)!, ignoreCase: true), path.PathIn(command));

    /// <summary>A date that was given, or null.</summary>
    /// <exception cref="WrongCommandException">It is no date.</exception>
    public static DateOnly? Date(ParseResult command, Option<string?> option)
    {
        var text = command.GetValue(option);
        return text is null ? null
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
            : throw new WrongCommandException($"\"{text}\" is no date for {option.Name}; write it like 2026-06-30.");
    }

    private static Option<string> Format(params string[] formats)
    {
        var option = new Option<string>("--format")
        {
            Description = "How the answer is written.",
            DefaultValueFactory = _ => "table",
        };
        option.AcceptOnlyFromAmong(formats);
        return option;
    }
}
