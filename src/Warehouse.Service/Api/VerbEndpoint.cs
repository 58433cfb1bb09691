using System.CommandLine;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Warehouse.Definitions;
using Warehouse.Service.Access;
using Warehouse.Store;
using Warehouse.Verbs;
using Warehouse.Verbs.Output;

namespace Warehouse.Service.Api;

/// <summary>Answers a route by its verb: the words of the command line are put together of the request's parameters.</summary>
internal sealed class VerbEndpoint(VerbCatalogue verbs, VerbRoute route, Workspace workspace, AnswerTag tag, SharedCubes cubes)
{
    /// <summary>The header by which an answer says that it was done with a reserve: more rejects than allowed, or a claim refused.</summary>
    public const string ReserveHeader = "Warehouse-Reserve";

    /// <summary>The header of what a reader should know beside the numbers: lines, percent-encoded.</summary>
    public const string NotesHeader = "Warehouse-Notes";

    private const int MostNotes = 6_000;

    private static readonly ParserConfiguration Plain = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    private readonly string[] _formats = [.. Formats(route.Command)];

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var stop = context.RequestAborted;
        var visitor = Visitor.Of(context);
        if (!visitor.May(route.Right))
        {
            return Problem.Of(
                StatusCodes.Status403Forbidden, "forbidden", "Not allowed",
                $"{visitor.Name} is {visitor.Role.Name}; this needs the right to {RightWords.Of(route.Right)}.");
        }

        try
        {
            var form = _formats.Length == 0 ? AnswerForm.Words : AnswerForm.Of(context.Request, _formats);
            if (form is null)
            {
                return Problem.Of(StatusCodes.Status406NotAcceptable, "not-acceptable", "No such form", $"An answer can be had as {string.Join(", ", _formats)}.");
            }

            await using var uploads = new Uploads();
            var parsed = verbs.Root.Parse([.. await WordsAsync(context.Request, form, uploads, stop)], Plain);
            if (parsed.Errors.Count > 0)
            {
                throw new WrongCommandException(string.Join(' ', parsed.Errors.Select(error => error.Message)));
            }

            Require(parsed, visitor);
            var entity = route.Method == "GET" && !route.Rule.IsOfAPerson ? tag.Of(context.Request, visitor, form) : null;
            if (entity is not null && AnswerTag.IsKnown(context.Request, entity))
            {
                return new Unchanged(entity);
            }

            return await RunAsync(context, parsed, visitor, form, entity, stop);
        }
        catch (UserFaultException fault)
        {
            return Problem.Of(fault);
        }
    }

    private async Task<IResult> RunAsync(HttpContext context, ParseResult parsed, Visitor visitor, AnswerForm form, string? entity, CancellationToken stop)
    {
        var response = context.Response;
        using var notes = new StringWriter();
        await using var body = new ResponseOutput(response, () => Begin(response, form, entity, notes.ToString()));
        await using var words = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        var code = await parsed.InvokeAsync(
            new Caller
            {
                Name = visitor.Name,
                Folder = workspace.Folder,
                Workspace = workspace,
                CubeRoles = visitor.CubeRoles,
                Cubes = cubes.Of,
                Answers = () => body,
                TakesFiles = true,
                Output = words,
                Error = notes,
                Terminal = Terminals.Over(words),
            },
            stop);
        await words.FlushAsync(stop);
        if (code == ExitCode.DoneWithReserve && !response.HasStarted)
        {
            response.Headers[ReserveHeader] = "true";
        }

        if (!body.HasBegun)
        {
            Begin(response, form, entity, notes.ToString());
        }

        return Results.Empty;
    }

    /// <summary>What a steward alone may say.</summary>
    private void Require(ParseResult parsed, Visitor visitor)
    {
        var forbidden = visitor.May(Right.Steward)
            ? null
            : route.Rule.ForStewards.FirstOrDefault(name => parsed.GetResult(route.Parameters.First(parameter => parameter.Name == name).Symbol) is not null);
        if (forbidden is not null)
        {
            throw new WrongCommandException($"\"{forbidden}\" is for stewards.");
        }
    }

    private static void Begin(HttpResponse response, AnswerForm form, string? entity, string notes)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = form.MediaType;
        response.Headers[HeaderNames.CacheControl] = entity is null ? "no-store" : "private, no-cache";
        response.Headers[HeaderNames.Vary] = "Accept, Authorization, Cookie";
        if (entity is not null)
        {
            response.Headers[HeaderNames.ETag] = entity;
        }

        if (notes.Length > 0)
        {
            var told = Uri.EscapeDataString(notes.Trim());
            response.Headers[NotesHeader] = told.Length <= MostNotes ? told : told[..told.LastIndexOf("%0A", MostNotes, StringComparison.Ordinal)];
        }
    }

    private async Task<List<string>> WordsAsync(HttpRequest request, AnswerForm form, Uploads uploads, CancellationToken stop)
    {
        var given = await uploads.ReadAsync(request, route, stop);
        if (given.Keys.FirstOrDefault(name => name != "format" && route.Parameters.All(parameter => parameter.Name != name)) is { } unknown)
        {
            throw new WrongCommandException(
                $"There is no parameter \"{unknown}\". {NearNames.Hint(unknown, route.Parameters.Select(parameter => parameter.Name), "parameters")}");
        }

        List<string> words = [.. route.Rule.Verb.Split(' ')];
        if (_formats.Length > 0)
        {
            words.Add($"--format={form.Name}");
        }

        List<string> arguments = [];
        foreach (var parameter in route.Parameters.Where(parameter => given.ContainsKey(parameter.Name)))
        {
            (parameter.Symbol is Argument ? arguments : words).AddRange(parameter.Words(given[parameter.Name]));
        }

        // What follows the two hyphens is never an option, whatever it begins with.
        return arguments.Count == 0 ? words : [.. words, "--", .. arguments];
    }

    private static IEnumerable<string> Formats(Command command) =>
        command.Options.FirstOrDefault(option => option.Name == "--format") is { } format
            ? format.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(item => item.Label)
            : [];
}
