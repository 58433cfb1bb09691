using Warehouse.Definitions;

namespace Warehouse.Service.Access;

/// <summary>What somebody is in the workspace, and what he may do for it.</summary>
/// <param name="Name">viewer, analyst, campaigner, steward or admin.</param>
/// <param name="Rights">What he may do.</param>
internal sealed record Role(string Name, Right Rights)
{
    private const Right Reading = Right.Ask | Right.Analyse;

    /// <summary>Asks cubes alone.</summary>
    public static Role Viewer { get; } = new("viewer", Right.Ask);

    /// <summary>Everything.</summary>
    public static Role Admin { get; } = new("admin", Reading | Right.Campaign | Right.Steward | Right.Administer);

    /// <summary>All roles, those who may least first.</summary>
    public static IReadOnlyList<Role> All { get; } =
    [
        Viewer,
        new("analyst", Reading),
        new("campaigner", Reading | Right.Campaign),
        new("steward", Reading | Right.Steward),
        Admin,
    ];

    /// <exception cref="WrongCommandException">There is no such role.</exception>
    public static Role Of(string name) => All.FirstOrDefault(role => role.Name == name)
        ?? throw new WrongCommandException($"There is no role \"{name}\". {NearNames.Hint(name, All.Select(role => role.Name), "roles")}");
}
