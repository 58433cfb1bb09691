using System.CommandLine;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Proposals;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse init [DIR] [--from FILE…]</c>: a new workspace, with feeds for the files that it is to load.</summary>
internal static class InitCommand
{
    private const int UsualFirstYear = 2000;

    private static readonly string[] Folders = ["feeds", "cubes", "segments", "campaigns", "data", "exports", "models"];

    /// <summary>What no history of the definitions is to keep: secrets, the database, and data of persons.</summary>
    private const string Ignored =
        """
        # Who may ask, and where the service answers.
        /access.json*
        /access.journal*
        /service.json*
        /.sessions/
        /.writes/

        # The database, its copies, and what was asked of it.
        *.duckdb
        *.duckdb.*
        *.queries.jsonl
        /backups/

        # What is loaded, and what was sent out.
        /data/
        /exports/

        """;

    private const string IgnoreFile = ".gitignore";

    public static Command Create()
    {
        var folder = new Argument<string>("dir") { Description = "The folder; it is made where it is missing. The current one where none is said.", DefaultValueFactory = _ => "." };
        var files = new Option<string[]>("--from")
        {
            Description = "Files, or folders of them, to look at: a feed is proposed for each.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("init", "Make a new workspace, with cubes over its star, and feeds for the files that it is to load.") { folder, files };
        command.SetAction(async (parsed, stop) =>
        {
            var path = Path.GetFullPath(parsed.Caller().PathOf(parsed.GetValue(folder)!));
            if (File.Exists(Path.Combine(path, Workspace.FileName)))
            {
                throw new UserFaultException($"{path} is a workspace already: it has a {Workspace.FileName}. Nothing was changed.");
            }

            var proposal = await FeedProposals.OfAsync(parsed.GetValue(files) ?? [], file => NameOf(path, file), stop);
            Write(path, proposal);
            Tell(parsed.Caller().Output, path, proposal);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A file in the workspace is named from there; any other by its full path.</summary>
    private static string NameOf(string folder, string file)
    {
        var relative = Path.GetRelativePath(folder, file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? Path.GetFullPath(file).Replace('\\', '/') : relative.Replace('\\', '/');
    }

    private static void Write(string path, WorkspaceProposal proposal)
    {
        foreach (var name in Folders)
        {
            Directory.CreateDirectory(Path.Combine(path, name));
        }

        if (!File.Exists(Path.Combine(path, IgnoreFile)))
        {
            File.WriteAllText(Path.Combine(path, IgnoreFile), Ignored.ReplaceLineEndings("\n"));
        }

        SchemaFiles.WriteTo(path);
        StarterCubes.WriteTo(path);
        foreach (var feed in proposal.Feeds)
        {
            File.WriteAllText(Path.Combine(path, FeedCatalogue.Folder, feed.Name + ".yaml"), feed.Yaml);
        }

        File.WriteAllText(
            Path.Combine(path, Workspace.FileName),
            FormattableString.Invariant($"""
            {DefinitionSchema.LineFor("warehouse", Workspace.FileName)}
            name: {YamlName(Path.GetFileName(path))}
            time_zone: {TimeZoneInfo.Local.Id}
            currency: {proposal.Currency ?? "EUR"}
            calendar:
              from: {Math.Min(proposal.FirstYear ?? UsualFirstYear, UsualFirstYear)}-01-01
              to: 2051-01-01
              fiscal_year_starts: 1

            """));
    }

    private static string YamlName(string name) => System.Text.Json.JsonSerializer.Serialize(name);

    private static void Tell(TextWriter output, string path, WorkspaceProposal proposal)
    {
        output.WriteLine(proposal.Feeds.Count == 0
            ? $"{path} is a workspace now. Say what it reads in feeds/, then run 'warehouse load -w {path}'."
            : $"{path} is a workspace now. Its feeds are proposals: read what was guessed, then run 'warehouse load -w {path}'.");
        foreach (var feed in proposal.Feeds)
        {
            output.WriteLine($"  feeds/{feed.Name}.yaml  {(feed.Targets.Count == 0 ? "not enabled" : string.Join(", ", feed.Targets))}: {feed.Grain}");
            foreach (var remark in feed.Remarks)
            {
                output.WriteLine($"    {remark}");
            }
        }

        if (proposal is { Feeds.Count: > 0, Currency: null })
        {
            output.WriteLine("  No file names a currency: warehouse.yaml says EUR.");
        }
    }
}
