using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Warehouse.Cubes.Serving;
using Warehouse.Service.Api.Writes;
using Warehouse.Store;

namespace Warehouse.Service.Api;

/// <summary>The routes of <c>/api/v1</c>.</summary>
internal static class ApiSetup
{
    public static void AddApi(this IServiceCollection services, TimeProvider time, ServiceDefinition definition)
    {
        services.AddSingleton<Definitions>();
        services.AddSingleton<AnswerTag>();
        services.AddSingleton<AnswerCache>();
        services.AddSingleton<KeptWrites>();
        services.AddSingleton(new QueryLimits { LongestRun = definition.LongestQuery, MostBytes = definition.QueryMemory });
        services.AddSingleton<SharedCubes>();
        services.AddSingleton(new VerbCatalogue(time));
        services.AddOpenApiOfVerbs();
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApiOfVerbs();
        foreach (var route in routes.ServiceProvider.GetRequiredService<VerbCatalogue>().Routes)
        {
            var endpoint = ActivatorUtilities.CreateInstance<VerbEndpoint>(routes.ServiceProvider, route);
            routes.MapMethods(route.Path, [route.Method], (Func<HttpContext, Task<IResult>>)endpoint.HandleAsync)
                .WithName(route.Operation)
                .WithMetadata(route)
                .DisableAntiforgery();
        }
    }
}
