using System.CommandLine;
using Warehouse.Cubes;
using Warehouse.Cubes.Query;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse question list | save</c>: questions to cubes that a workspace keeps, each a file that <c>query --file</c> asks.</summary>
internal static class QuestionCommand
{
    private const string Folder = "questions";

    private static readonly AnswerColumn[] Columns =
    [
        new("question", "VARCHAR"), new("cube", "VARCHAR"), new("measures", "VARCHAR"), new("by", "VARCHAR"), new("pivot", "VARCHAR"), new("where", "VARCHAR"),
        new("having", "VARCHAR"), new("order", "VARCHAR"), new("top", "VARCHAR"), new("totals", "VARCHAR"), new("compare", "VARCHAR"), new("dense", "BOOLEAN"),
        new("as_of", "VARCHAR"), new("limit", "BIGINT"),
    ];

    public static Command Create(TimeProvider time) => new("question", "Keep questions to cubes: list or save them.") { List(), Save(time) };

    private static Command List()
    {
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("list", "List the questions that the workspace keeps.") { workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(new Answer(0, null, "questions", Columns, [.. Files(place).Select(Row)]), stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Save(TimeProvider time)
    {
        var name = new Argument<string>("question") { Description = "What the question is called." };
        var arguments = new SaveArguments();
        var command = new Command("save", "Keep a question, when it is one to a cube of the workspace.") { name };
        arguments.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            var own = parsed.GetValue(name)!;
            return arguments.SaveAsync(
                parsed,
                Folder,
                own,
                (place, path) =>
                {
                    CubeModel.Load(place.Folder).Cube(QueryFile.Load(path).Cube);
                    return Files(place).FirstOrDefault(file => NameOf(file) == own) is { } known ? Path.GetRelativePath(place.Folder, known) : null;
                },
                time,
                stop);
        });
        return command;
    }

    private static string[] Files(Workspace workspace) => Directory.Exists(workspace.PathOf(Folder))
        ? [.. Directory.EnumerateFiles(workspace.PathOf(Folder), "*.yaml").Order(StringComparer.Ordinal)]
        : [];

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);

    private static object?[] Row(string file)
    {
        var texts = QueryFile.LoadTexts(file);
        return
        [
            NameOf(file), texts.Cube, texts.Measures, texts.By, texts.Pivot, texts.Where, texts.Having, texts.Order, texts.Top, texts.Totals, texts.Compare,
            texts.IsDense, texts.AsOf, texts.Limit,
        ];
    }
}
