using System.CommandLine;
using Warehouse.Definitions;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse schema [NAME] [--out DIR]</c>: the JSON Schemas by which editors complete and check definitions.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("name") { Description = "The kind of definition; all of them where none is named.", Arity = ArgumentArity.ZeroOrOne };
        var folder = new Option<string?>("--out") { Description = "The folder that they are written to, as NAME.schema.json.", HelpName = "DIR" };
        var command = new Command("schema", "Show or write the JSON Schemas by which editors complete and check definitions.") { name, folder };
        command.SetAction(parsed =>
        {
            var schemas = Choose(parsed.GetValue(name));
            if (parsed.GetValue(folder) is { } path)
            {
                SchemaFiles.Write(schemas, Path.GetFullPath(path));
            }
            else if (parsed.GetValue(name) is not null)
            {
                parsed.Caller().Output.Write(schemas[0].Text);
            }
            else
            {
                foreach (var schema in schemas)
                {
                    parsed.Caller().Output.WriteLine($"{schema.Name,-12} {schema.Title}");
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static IReadOnlyList<DefinitionSchema> Choose(string? name)
    {
        if (name is null)
        {
            return SchemaFiles.All;
        }

        var found = SchemaFiles.All.Where(schema => schema.Name == name).ToArray();
        return found.Length > 0
            ? found
            : throw new WrongCommandException($"There is no schema \"{name}\". {NearNames.Hint(name, SchemaFiles.All.Select(schema => schema.Name), "schemas")}");
    }
}
