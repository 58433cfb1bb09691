using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Warehouse.Pages;
using Warehouse.Service.Access;
using Warehouse.Store;

namespace Warehouse.Service.Pages;

/// <summary>The web pages in this service.</summary>
internal static class PagesOfService
{
    /// <summary>The page for addresses that no page has.</summary>
    public const string NothingHere = "/nothing-here";

    public static void AddPagesOf(this IServiceCollection services, Workspace workspace)
    {
        services.AddPages(workspace.Definition.Name, parts => ActivatorUtilities.CreateInstance<ApiOfPages>(parts));
        var policies = services.AddAuthorizationBuilder();
        foreach (var right in Enum.GetValues<Right>().Where(right => right != Right.None))
        {
            policies.AddPolicy(right.ToString(), policy => policy.RequireAssertion(asked => asked.User.Identity is { IsAuthenticated: true } && Visitor.Of(asked.User).May(right)));
        }
    }

    /// <summary>What browsers may do with a page: its own scripts and answers, nothing of others.</summary>
    public static void UsePagePolicy(this IApplicationBuilder application) => application.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            context.Response.Headers.ContentSecurityPolicy =
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
        }

        return next(context);
    });
}
