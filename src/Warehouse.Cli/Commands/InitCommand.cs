using System.CommandLine;
using Warehouse.Cli.Output;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Cli.Commands;

/// <summary><c>warehouse init DIR</c>: a new workspace.</summary>
internal static class InitCommand
{
    private static readonly string[] Folders = ["feeds", "cubes", "segments", "campaigns", "data", "exports", "models"];

    public static Command Create()
    {
        var folder = new Argument<string>("dir") { Description = "The folder; it is made where it is missing." };
        var command = new Command("init", "Make a new workspace.") { folder };
        command.SetAction(parsed =>
        {
            var path = Path.GetFullPath(parsed.GetValue(folder)!);
            var file = Path.Combine(path, Workspace.FileName);
            if (File.Exists(file))
            {
                throw new UserFaultException($"{path} is a workspace already: it has a {Workspace.FileName}. Nothing was changed.");
            }

            foreach (var name in Folders)
            {
                Directory.CreateDirectory(Path.Combine(path, name));
            }

            SchemaFiles.WriteTo(path);
            File.WriteAllText(
                file,
                $"""
                {DefinitionSchema.LineFor("warehouse", Workspace.FileName)}
                name: {Path.GetFileName(path)}
                time_zone: {TimeZoneInfo.Local.Id}
                currency: EUR
                calendar:
                  from: 2000-01-01
                  to: 2051-01-01
                  fiscal_year_starts: 1

                """);
            Console.Out.WriteLine($"{path} is a workspace now. Say what it reads in feeds/, then run 'warehouse load -w {path}'.");
            return ExitCode.Done;
        });
        return command;
    }
}
