using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Warehouse.Service.Sessions;
using Warehouse.Store;

namespace Warehouse.Service.Access;

/// <summary>How it is known who asks: keys and the owner's token, tokens of an issuer, cookies of browsers.</summary>
internal static class AccessSetup
{
    private const string Any = "Any";

    public static void AddAccess(this IServiceCollection services, Workspace workspace)
    {
        var definition = workspace.Definition.Service;
        services.AddSingleton<Lockout>();
        services.AddSingleton<AccessJournal>();
        services.AddHostedService<AccessAudit>();
        var authentication = services.AddAuthentication(Any)
            .AddPolicyScheme(Any, null, any => any.ForwardDefaultSelector = context => SchemeOf(context, definition.Issuer is not null))
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null);
        authentication.AddSessionCookie(workspace);
        if (definition.Issuer is { } issuer)
        {
            authentication.AddJwtBearer(bearer => Configure(bearer, issuer));
        }

        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    private static string SchemeOf(HttpContext context, bool hasIssuer) =>
        KeyAuthentication.SecretOf(context.Request) is not { } secret ? Session.SchemeName
        : hasIssuer && secret.Count(letter => letter == '.') == 2 ? JwtBearerDefaults.AuthenticationScheme
        : KeyAuthentication.SchemeName;

    private static void Configure(JwtBearerOptions bearer, TokenIssuer issuer)
    {
        bearer.Authority = issuer.Authority.ToString();
        bearer.RequireHttpsMetadata = !issuer.Authority.IsLoopback;
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters = new TokenValidationParameters { ValidAudience = issuer.Audience, ClockSkew = TimeSpan.FromSeconds(30) };
        bearer.Events = new JwtBearerEvents
        {
            OnTokenValidated = validated =>
            {
                if (VisitorOf(validated.Principal!, issuer) is { } visitor)
                {
                    validated.Principal = visitor.Principal(JwtBearerDefaults.AuthenticationScheme);
                }
                else
                {
                    validated.Fail("The token names no role of the workspace.");
                }

                return Task.CompletedTask;
            },
        };
    }

    /// <summary>Who sees some rows alone is a viewer, whatever role his token names: nothing else than cubes holds to rows.</summary>
    private static Visitor? VisitorOf(ClaimsPrincipal token, TokenIssuer issuer)
    {
        var name = token.FindFirstValue("sub");
        var role = Role.All.LastOrDefault(known => token.FindAll(issuer.RoleClaim).Any(claim => claim.Value == known.Name));
        string[] cubes = [.. token.FindAll(issuer.CubesClaim).Select(claim => claim.Value)];
        return name is null || role is null ? null
            : cubes.Length == 0 ? new Visitor(name, role, null)
            : new Visitor(name, Role.Viewer, cubes);
    }
}
