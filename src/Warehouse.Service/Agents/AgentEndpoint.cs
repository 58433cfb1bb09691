using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Warehouse.Service.Access;
using Warehouse.Service.Api;
using Warehouse.Store;

namespace Warehouse.Service.Agents;

/// <summary>Answers agents over HTTP at <c>/mcp</c>: each as who his key says he is. Nothing is kept between two requests.</summary>
internal static class AgentEndpoint
{
    public const string Path = "/mcp";

    public static void MapAgents(this IEndpointRouteBuilder routes) => routes.MapPost(Path, HandleAsync).WithName("mcp").ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(HttpContext context, VerbCatalogue verbs, Workspace workspace, SharedCubes cubes)
    {
        var stop = context.RequestAborted;
        JsonRpcMessage? message;
        try
        {
            message = await JsonSerializer.DeserializeAsync<JsonRpcMessage>(context.Request.Body, McpJsonUtilities.DefaultOptions, stop);
        }
        catch (JsonException fault)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "wrong-request", "The request is wrong", $"The body is no message of JSON-RPC: {fault.Message}");
        }

        var visitor = Visitor.Of(context.User);
        var tools = new VerbTools(verbs, visitor, (words, answers, notes, ends) => VerbAnswer.OfAsync(verbs, words, workspace, visitor, cubes, answers, notes, ends));
        await using var transport = new StreamableHttpServerTransport { Stateless = true };
        await using var server = McpServer.Create(transport, tools.Options());
        var running = server.RunAsync(stop);
        context.Response.ContentType = "text/event-stream";
        if (!await transport.HandlePostRequestAsync(message!, context.Response.Body, stop))
        {
            context.Response.ContentType = null;
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }

        await transport.DisposeAsync();
        await running;
        return Results.Empty;
    }
}
