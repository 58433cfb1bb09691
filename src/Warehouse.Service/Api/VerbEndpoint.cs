using System.CommandLine;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Warehouse.Definitions;
using Warehouse.Service.Access;
using Warehouse.Service.Api.Paging;
using Warehouse.Service.Api.Writes;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Service.Api;

/// <summary>Answers a route by its verb: the words of the command line are put together of the request's parameters.</summary>
internal sealed class VerbEndpoint(VerbCatalogue verbs, VerbRoute route, Workspace workspace, AnswerTag tags, AnswerCache kept, KeptWrites writes, SharedCubes cubes)
{
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

            var tag = route.IsKept(context.Request) ? tags.Of(context.Request, visitor, form, route.Rule.Lasts) : null;
            if (tag is not null && AnswerTag.IsKnown(context.Request, tag))
            {
                return new Unchanged(tag);
            }

            return tag is null ? await AnswerAsync(context, visitor, form, turn: null) : await AnswerKnownAsync(context, visitor, form, tag);
        }
        catch (UserFaultException fault) when (!context.Response.HasStarted)
        {
            return Problem.Of(fault);
        }
    }

    /// <summary>Answers what may have been answered before, or is being answered to somebody else who may see the same.</summary>
    private async Task<IResult> AnswerKnownAsync(HttpContext context, Visitor visitor, AnswerForm form, string tag)
    {
        var stop = context.RequestAborted;
        if (kept.Find(tag) is { } known)
        {
            await SendAsync(context.Response, known, tag, stop);
            return Results.Empty;
        }

        var (made, turn) = await kept.TakeAsync(tag, stop);
        using (turn)
        {
            if (made is null)
            {
                return await AnswerAsync(context, visitor, form, turn);
            }
        }

        await SendAsync(context.Response, made, tag, stop);
        return Results.Empty;
    }

    private async Task<IResult> AnswerAsync(HttpContext context, Visitor visitor, AnswerForm form, AnswerTurn? turn)
    {
        var stop = context.RequestAborted;
        await using var request = new VerbRequest(context.Request, route);
        var given = await request.ReadAsync(stop);
        var parsed = verbs.Root.Parse(VerbWords.Of(route, given, form), VerbWords.Plain);
        if (parsed.Errors.Count > 0)
        {
            throw new WrongCommandException(string.Join(' ', parsed.Errors.Select(error => error.Message)));
        }

        RequireRight(parsed, visitor);
        if (route.Changes)
        {
            return KeptWrites.KeyOf(context.Request) is { } key && !route.Rule.IsOfAPerson
                ? await AnswerOnceAsync(context, parsed, visitor, form, writes.Begin(visitor, key, await request.HashAsync(given, form, stop)))
                : await AnswerAsync(context, parsed, visitor, form, turn: null, page: null);
        }

        if (PageRequest.Of(context.Request) is not { } page)
        {
            return await AnswerAsync(context, parsed, visitor, form, turn, page: null);
        }

        var state = tags.OfPages(await request.HashAsync(given, form, stop), visitor);
        return page.State is null || page.State == state
            ? await AnswerAsync(context, parsed, visitor, form, turn, page with { State = state })
            : Problem.Of(
                StatusCodes.Status410Gone, "page-gone", "These pages are gone",
                "What the pages are of has changed since the first: a load, a definition, the day, or the question itself. Begin again without a cursor.");
    }

    /// <summary>Answers a write that its caller names by a key.</summary>
    private async Task<IResult> AnswerOnceAsync(HttpContext context, ParseResult parsed, Visitor visitor, AnswerForm form, WriteTurn turn)
    {
        switch (turn)
        {
            case WriteTurn.Answered known:
                context.Response.Headers[KeptWrites.ReplayedHeader] = "true";
                await SendAsync(context.Response, known.Answer, null, context.RequestAborted);
                return Results.Empty;
            case WriteTurn.UnderWay:
                context.Response.Headers[HeaderNames.RetryAfter] = "1";
                return Problem.Of(StatusCodes.Status409Conflict, "under-way", "It is being done", $"What this {KeptWrites.Header} names is being done. Ask again for what came of it.");
            case WriteTurn.Mine mine:
                using (mine)
                {
                    return await AnswerAsync(context, parsed, visitor, form, turn: null, page: null, mine.Keep);
                }

            default:
                return Problem.Of(
                    StatusCodes.Status422UnprocessableEntity, "another-write", "The key names another write",
                    $"This {KeptWrites.Header} was sent with other words before. Each write has a key of its own; the same write has the same.");
        }
    }

    private async Task<IResult> AnswerAsync(
        HttpContext context, ParseResult parsed, Visitor visitor, AnswerForm form, AnswerTurn? turn, PageRequest? page, Action<KeptAnswer>? keep = null)
    {
        var stop = context.RequestAborted;
        var response = context.Response;
        var rows = page?.ToRows();
        using var notes = new FollowedNotes(context.Features.Get<IProgress<string>>());
        void Begin()
        {
            turn?.End();
            AnswerHeaders.Set(response, new KeptAnswer(form.MediaType, Headers(context.Request, "", hasReserve: false, page, rows), []), turn?.Tag);
        }

        await using var body = new AnswerBody(Begin, response.Body, keep is null ? AnswerBody.MostKept : KeptWrites.MostBytes);
        await using var words = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        var caller = VerbCaller.Of(visitor, workspace, cubes, body, words, notes, new ClientOfVerb { TakesFiles = true, Page = rows });
        var code = await parsed.InvokeAsync(caller, stop);
        await words.FlushAsync(stop);
        if (rows is { Rows: null })
        {
            throw RowPage.NoTable();
        }

        if (body.Whole() is { } whole)
        {
            var answer = new KeptAnswer(form.MediaType, Headers(context.Request, notes.ToString(), code == ExitCode.DoneWithReserve, page, rows), whole);
            if (turn is not null)
            {
                kept.Keep(turn.Tag, answer);
                turn.End();
            }

            keep?.Invoke(answer);
            await SendAsync(response, answer, turn?.Tag, stop);
        }

        return Results.Empty;
    }

    private static Dictionary<string, string> Headers(HttpRequest request, string notes, bool hasReserve, PageRequest? page, RowPage? rows)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (AnswerHeaders.OfNotes(notes) is { Length: > 0 } told)
        {
            headers[AnswerHeaders.Notes] = told;
        }

        if (hasReserve)
        {
            headers[AnswerHeaders.Reserve] = "true";
        }

        if (page is not null && rows is { Rows: { } count })
        {
            headers[PageRequest.RowsHeader] = count.ToString(CultureInfo.InvariantCulture);
            headers[HeaderNames.Link] = page.Links(request, page.State!, count);
        }

        return headers;
    }

    private static ValueTask SendAsync(HttpResponse response, KeptAnswer answer, string? tag, CancellationToken stop)
    {
        AnswerHeaders.Set(response, answer, tag);
        response.ContentLength = answer.Body.Length;
        return response.Body.WriteAsync(answer.Body, stop);
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
