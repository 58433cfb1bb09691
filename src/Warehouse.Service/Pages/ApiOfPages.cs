using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Warehouse.Pages.Asking;
using Warehouse.Service.Access;
using Warehouse.Service.Api;
using Warehouse.Service.Sessions;

namespace Warehouse.Service.Pages;

/// <summary>Answers the requests of pages by the endpoints of the API, in this process: under the same rights, from the same cache.</summary>
/// <remarks>A page's line may outlast the session by which it was opened: whether that still holds is looked at with each request.</remarks>
internal sealed class ApiOfPages(
    IServiceScopeFactory scopes, IServiceProvider services, VerbCatalogue verbs, AccessFile access, EndedSessions ended, TimeProvider time) : HttpMessageHandler
{
    private readonly FrozenDictionary<(string Method, string Path), VerbEndpoint> _endpoints = verbs.Routes.ToFrozenDictionary(
        route => (route.Method, route.Path), route => ActivatorUtilities.CreateInstance<VerbEndpoint>(services, route));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var body = new MemoryStream();
        var context = await ContextAsync(request, scope.ServiceProvider, body, cancellationToken);
        if (Asker(request) is not { } asker)
        {
            await Problem.Of(StatusCodes.Status401Unauthorized, "who-are-you", "Not signed in", "The session has ended.").ExecuteAsync(context);
        }
        else if (_endpoints.TryGetValue((request.Method.Method, context.Request.Path), out var endpoint))
        {
            context.User = asker;
            await (await endpoint.HandleAsync(context)).ExecuteAsync(context);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }

        var response = new HttpResponseMessage((HttpStatusCode)context.Response.StatusCode) { Content = new ByteArrayContent(body.ToArray()) };
        foreach (var (name, values) in context.Response.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                response.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return response;
    }

    /// <summary>Who asks, as he is now; null where his session has ended.</summary>
    private ClaimsPrincipal? Asker(HttpRequestMessage request)
    {
        if (!request.Options.TryGetValue(Answers.Asker, out var asker) || asker.Identity is not { IsAuthenticated: true })
        {
            return null;
        }

        var session = Session.Of(asker);
        return session is null ? asker
            : session.VisitorOf(asker.Identity.Name, access, ended, time.GetUtcNow()) is { } visitor ? session.Principal(visitor)
            : null;
    }

    private static async Task<HttpContext> ContextAsync(HttpRequestMessage request, IServiceProvider services, Stream body, CancellationToken cancellationToken)
    {
        var context = new DefaultHttpContext
        {
            RequestServices = services,
            RequestAborted = cancellationToken,
        };
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        if (request.Options.TryGetValue(Answers.Follower, out var follower))
        {
            context.Features.Set(follower);
        }

        context.Request.Method = request.Method.Method;
        context.Request.Path = PathString.FromUriComponent(request.RequestUri!);
        context.Request.QueryString = QueryString.FromUriComponent(request.RequestUri!);
        CopyHeaders(request.Headers, context.Request.Headers);
        if (request.Content is { } content)
        {
            CopyHeaders(content.Headers, context.Request.Headers);
            context.Request.Body = await content.ReadAsStreamAsync(cancellationToken);
            context.Request.ContentLength = content.Headers.ContentLength;
        }

        return context;
    }

    private static void CopyHeaders(HttpHeaders from, IHeaderDictionary to)
    {
        foreach (var (name, values) in from)
        {
            to[name] = values.ToArray();
        }
    }
}
