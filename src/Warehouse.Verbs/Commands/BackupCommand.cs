using System.CommandLine;
using Warehouse.Definitions;
using Warehouse.Store.Backups;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse backup</c> and <c>warehouse restore</c>: a workspace into one file, and back.</summary>
internal static class BackupCommand
{
    private static readonly AnswerColumn[] Columns =
    [
        new("file", "VARCHAR"), new("workspace", "VARCHAR"), new("created_at", "TIMESTAMPTZ", "created (UTC)"), new("generation", "INTEGER"), new("schema_version", "INTEGER", "schema"),
        new("tables", "BIGINT", null, ColumnFormat.Count), new("rows", "BIGINT", null, ColumnFormat.Count), new("files", "BIGINT", null, ColumnFormat.Count),
        new("bytes", "BIGINT", null, ColumnFormat.Count),
    ];

    public static Command Backup(TimeProvider time)
    {
        var place = new FileOption("--out", "A file that ends with .zip; or a folder, in which the file is named after the time and the generation.") { Required = true };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var command = new Command("backup", "Write the database, as it is at one instant, and the definitions into one file, while others work with them.") { place, workspace, format };
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await DatabaseTurn.TakeAsync(CommonOptions.Open(parsed, workspace), time, stop);
            var (file, manifest) = await Store.Backups.Backup.WriteAsync(database, place.PathIn(parsed)!, time, stop);
            await WriteAsync(parsed, format, file, manifest, stop);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Restore()
    {
        var file = new Argument<string>("file") { Description = "The backup." };
        var force = new Option<bool>("--force") { Description = "Replace the definitions and the database of a workspace that is there already." };
        var workspace = new Option<string?>("--workspace", "-w") { Description = "The folder that becomes the workspace.", HelpName = "DIR" };
        var format = CommonOptions.Format();
        var command = new Command("restore", "Make a workspace of a backup, when each of its files and tables is what was written.") { file, force, workspace, format };
        command.SetAction(async (parsed, stop) =>
        {
            var caller = parsed.Caller();
            if (caller.Workspace is not null)
            {
                throw new UserFaultException("A service owns this workspace. Stop it, and restore then.");
            }

            var folder = parsed.GetValue(workspace) ?? throw new WrongCommandException("Say which folder becomes the workspace: '-w DIR'.");
            var manifest = await Store.Backups.Restore.RunAsync(caller.PathOf(parsed.GetValue(file)!), caller.PathOf(folder), parsed.GetValue(force), stop);
            await WriteAsync(parsed, format, parsed.GetValue(file)!, manifest, stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static Task WriteAsync(ParseResult parsed, Option<string> format, string file, BackupManifest manifest, CancellationToken stop) =>
        new AnswerWriter(parsed.Caller(), Enum.Parse<AnswerFormat>(parsed.GetValue(format)!, ignoreCase: true), Path: null).WriteAsync(
            new Answer(manifest.Generation, null, "backup", Columns,
            [
                [
                    file, manifest.Workspace, manifest.CreatedAt, manifest.Generation, manifest.SchemaVersion, (long)manifest.Tables.Count,
                    manifest.Tables.Sum(table => table.Rows), (long)manifest.Files.Count, manifest.Files.Sum(known => known.Bytes),
                ],
            ]),
            stop);
}
