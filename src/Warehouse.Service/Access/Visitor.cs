using System.Security.Claims;

namespace Warehouse.Service.Access;

/// <summary>Who asks the service, when it is known who that is.</summary>
/// <param name="Name">By what name his acts are kept.</param>
/// <param name="Role">What he is.</param>
/// <param name="CubeRoles">The roles of the cubes that limit what he sees; null where he sees all rows.</param>
internal sealed record Visitor(string Name, Role Role, IReadOnlyList<string>? CubeRoles)
{
    private const string CubeRoleClaim = "cube_role";

    /// <summary>Whoever can read the files of the workspace as this process can.</summary>
    public static Visitor Owner { get; } = new(Environment.UserName, Role.Admin, null);

    /// <summary>What tells the answers to two visitors apart.</summary>
    public string Key => CubeRoles is null ? "*" : string.Join('\n', CubeRoles.Order(StringComparer.Ordinal));

    public bool May(Right right) => (Role.Rights & right) == right;

    /// <summary>The visitor as the web framework carries him.</summary>
    public ClaimsPrincipal Principal(string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, Name),
            new Claim(ClaimTypes.Role, Role.Name),
            .. (CubeRoles ?? []).Select(role => new Claim(CubeRoleClaim, role)),
        ],
        scheme));

    /// <summary>The visitor that a principal carries.</summary>
    public static Visitor Of(ClaimsPrincipal principal)
    {
        string[] limits = [.. principal.FindAll(CubeRoleClaim).Select(claim => claim.Value)];
        return new Visitor(
            principal.Identity?.Name ?? throw new InvalidOperationException("Nobody is signed in."),
            Role.Of(principal.FindFirstValue(ClaimTypes.Role)!),
            limits.Length == 0 ? null : limits);
    }
}
