using System.CommandLine;
using Warehouse.Cubes;
using Warehouse.Cubes.Model;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse cubes [CUBE]</c>: what questions can name.</summary>
internal static class CubesCommand
{
    private static readonly AnswerColumn[] Columns =
    [
        new("cube", "VARCHAR"), new("kind", "VARCHAR"), new("name", "VARCHAR"), new("caption", "VARCHAR"), new("unit", "VARCHAR"), new("description", "VARCHAR"),
    ];

    public static Command Create()
    {
        var cube = new Argument<string?>("cube") { Description = "The cube; all of them where none is named.", Arity = ArgumentArity.ZeroOrOne };
        var language = new Option<string?>("--language") { Description = "The language of captions, such as de.", HelpName = "L" };
        var roles = new Option<string?>("--role") { Description = "Show what people of these roles may see, separated by commas.", HelpName = "R" };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("cubes", "List what questions to cubes can name: measures, members, filters.") { cube, language, roles, workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var model = CubeModel.Load(CommonOptions.Open(parsed, workspace).Folder);
            var names = ModelName.Of(model, parsed.Caller().Access(model, parsed.GetValue(roles)));
            if (parsed.GetValue(cube) is { } only)
            {
                names = [.. names.Where(name => name.Cube == model.Cube(only).Name)];
            }

            var spoken = parsed.GetValue(language);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(
                new Answer(0, null, model.Hash, Columns, [.. names.Select(name => new object?[] { name.Cube, name.Kind, name.Name, name.Caption.In(spoken), name.Unit, name.Description })]),
                stop);
            return ExitCode.Done;
        });
        return command;
    }
}
