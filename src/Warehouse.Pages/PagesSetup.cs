using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Warehouse.Pages.Asking;
using Warehouse.Pages.Jobs;
using Warehouse.Pages.Layout;
using Warehouse.Pages.Parts;

namespace Warehouse.Pages;

/// <summary>The web pages of a service.</summary>
public static class PagesSetup
{
    private static readonly string[] Languages = ["en", "zh-Hant"];

    /// <summary>Adds what the pages need.</summary>
    /// <param name="services">The service's parts.</param>
    /// <param name="workspace">What the workspace is called.</param>
    /// <param name="api">Answers the requests of pages as the API does, for the one that <see cref="Answers.Asker"/> names.</param>
    public static void AddPages(this IServiceCollection services, string workspace, Func<IServiceProvider, HttpMessageHandler> api)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddLocalization();
        services.AddSingleton(new WorkspaceName(workspace));
        services.AddSingleton(parts => new HttpMessageInvoker(api(parts)));
        services.AddSingleton<Works>();
        services.AddScoped<Answers>();
        services.AddScoped<Browser>();
    }

    /// <summary>Speaks each visitor's language: as he chose, else as his browser says.</summary>
    public static void UseLanguages(this IApplicationBuilder application) => application.UseRequestLocalization(languages =>
    {
        languages.SetDefaultCulture(Languages[0]);
        languages.AddSupportedCultures(Languages);
        languages.AddSupportedUICultures([.. Languages, "zh-TW", "zh-HK"]);
        languages.ApplyCurrentCultureToResponseHeaders = true;
    });

    /// <summary>Maps the pages and what browsers get beside them.</summary>
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapBrowserFiles();
        routes.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null).RequireAuthorization();
    }
}
