using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spectre.Console;
using Warehouse.Service.Access;
using Warehouse.Service.Api;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Service.Forwarding;

/// <summary>
/// Runs a command line for the owner, who could as well open the database himself were it not held: by his token alone, on this
/// machine. What it says and how it ends is what it would be without the service.
/// </summary>
internal static class ForwardingEndpoint
{
    public const string Path = "/api/v1/command";

    public static void MapForwarding(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, HandleAsync).WithName("command").ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        ForwardedCommand command, HttpContext context, Func<OwnerToken> owner, VerbCatalogue verbs, Workspace workspace, SharedCubes cubes)
    {
        if (KeyAuthentication.SecretOf(context.Request) is not { } secret || !owner().Is(secret))
        {
            return Problem.Of(StatusCodes.Status403Forbidden, "forbidden", "Not allowed", "Command lines are run for the owner of the workspace alone.");
        }

        var stop = context.RequestAborted;
        context.Response.ContentType = Frame.MediaType;
        using var turn = new SemaphoreSlim(1, 1);
        var below = context.Response.Body;
        await using var answers = new FrameStream(below, FrameKind.Output, turn, stop);
        await using var output = Writer(answers);
        await using var error = Writer(new FrameStream(below, FrameKind.Error, turn, stop));
        var client = new ClientOfVerb { Folder = command.Folder, Terminal = Shaped(output, command.Output), Watching = Shaped(error, command.Error) };
        var caller = VerbCaller.Of(Visitor.Owner with { CubeRoles = command.CubeRoles }, workspace, cubes, answers, output, error, client);
        var code = await Verdict.OfAsync(verbs.Root.Parse([.. command.Words]), caller, stop);
        await Frame.WriteAsync(below, FrameKind.ExitCode, new[] { (byte)code }, stop);
        return Results.Empty;
    }

    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 16_384) { AutoFlush = true };

    private static IAnsiConsole? Shaped(TextWriter writer, TerminalShape? shape)
    {
        if (shape is null)
        {
            return null;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = shape.HasColours ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = shape.HasColours ? InteractionSupport.Yes : InteractionSupport.No,
        });
        console.Profile.Width = shape.Width;
        return console;
    }
}
