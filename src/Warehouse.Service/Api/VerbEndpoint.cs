using System.CommandLine;
using System.Globalization;
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
internal sealed class VerbEndpoint(VerbCatalogue verbs, VerbRoute route, Workspace workspace, AnswerTag tags, AnswerCache kept, SharedCubes cubes)
{
    /// <summary>The header by which an answer says that it was done with a reserve: more rejects than allowed, or a claim refused.</summary>
    public const string ReserveHeader = "Warehouse-Reserve";

    /// <summary>The header of what a reader should know beside the numbers: lines, percent-encoded.</summary>
    public const string NotesHeader = "Warehouse-Notes";

    private const int MostNotes = 6_000;

    private readonly string[] _formats = [.. route.Forms.Where(form => form != AnswerForm.Words).Select(form => form.Name)];

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var visitor = Visitor.Of(context.User);
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

            var tag = route.IsPure ? tags.Of(context.Request, visitor, form) : null;
            if (tag is not null && AnswerTag.IsKnown(context.Request, tag))
            {
                return new Unchanged(tag);
            }

            if (tag is not null && kept.Find(tag) is { } answer)
            {
                await SendAsync(context.Response, answer, tag, context.RequestAborted);
                return Results.Empty;
            }

            await using var request = new VerbRequest(context.Request, route);
            var parsed = verbs.Root.Parse(VerbWords.Of(route, await request.ReadAsync(context.RequestAborted), form), VerbWords.Plain);
            if (parsed.Errors.Count > 0)
            {
                throw new WrongCommandException(string.Join(' ', parsed.Errors.Select(error => error.Message)));
            }

            RequireRight(parsed, visitor);
            await AnswerAsync(context, parsed, visitor, form, tag);
            return Results.Empty;
        }
        catch (UserFaultException fault) when (!context.Response.HasStarted)
        {
            return Problem.Of(fault);
        }
    }

    private async Task AnswerAsync(HttpContext context, ParseResult parsed, Visitor visitor, AnswerForm form, string? tag)
    {
        var stop = context.RequestAborted;
        var response = context.Response;
        using var notes = new StringWriter(CultureInfo.InvariantCulture);
        await using var body = new AnswerBody(() => Head(response, new KeptAnswer(form.MediaType, "", HasReserve: false, []), tag), response.Body);
        await using var words = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        var caller = new Caller
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
            MakeTerminal = () => Terminals.Over(words),
        };
        var code = await parsed.InvokeAsync(caller, stop);
        await words.FlushAsync(stop);
        if (body.Whole() is { } whole)
        {
            var answer = new KeptAnswer(form.MediaType, Header(notes.ToString()), code == ExitCode.DoneWithReserve, whole);
            if (tag is not null)
            {
                kept.Keep(tag, answer);
            }

            await SendAsync(response, answer, tag, stop);
        }
    }

    private static ValueTask SendAsync(HttpResponse response, KeptAnswer answer, string? tag, CancellationToken stop)
    {
        Head(response, answer, tag);
        response.ContentLength = answer.Body.Length;
        return response.Body.WriteAsync(answer.Body, stop);
    }

    private static void Head(HttpResponse response, KeptAnswer answer, string? tag)
    {
        response.ContentType = answer.MediaType;
        response.Headers[HeaderNames.CacheControl] = tag is null ? "no-store" : "private, no-cache";
        response.Headers[HeaderNames.Vary] = "Accept, Authorization, Cookie";
        if (tag is not null)
        {
            response.Headers[HeaderNames.ETag] = tag;
        }

        if (answer.Notes.Length > 0)
        {
            response.Headers[NotesHeader] = answer.Notes;
        }

        if (answer.HasReserve)
        {
            response.Headers[ReserveHeader] = "true";
        }
    }

    /// <summary>Notes as a header can hold them: whole lines, as many as fit.</summary>
    private static string Header(string notes)
    {
        var told = new StringBuilder();
        foreach (var line in notes.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var next = (told.Length == 0 ? "" : "%0A") + Uri.EscapeDataString(line);
            if (told.Length + next.Length > MostNotes)
            {
                break;
            }

            told.Append(next);
        }

        return told.ToString();
    }

    /// <summary>What a steward alone may say.</summary>
    private void RequireRight(ParseResult parsed, Visitor visitor)
    {
        if (!visitor.May(Right.Steward)
            && route.Parameters.FirstOrDefault(parameter => route.Rule.ForStewards.Contains(parameter.Name) && parameter.IsSaidIn(parsed)) is { } said)
        {
            throw new WrongCommandException($"\"{said.Name}\" is for stewards.");
        }
    }
}
