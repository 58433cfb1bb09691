using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Definitions;

namespace Warehouse.Cubes;

/// <summary>
/// What one asker may see: the facts that any of his roles may see, and what not all of his roles hide. It holds for everything
/// that is aggregated, so totals are those of what one may see.
/// </summary>
public sealed class CubeAccess
{
    private readonly IReadOnlyList<AccessRole>? _roles;

    private CubeAccess(IReadOnlyList<AccessRole>? roles) => _roles = roles;

    /// <summary>Everything: for the workspace's owner.</summary>
    public static CubeAccess Everything { get; } = new(null);

    /// <summary>What the given roles of a model may see; without any role, nothing.</summary>
    /// <exception cref="WrongCommandException">The model has no such role.</exception>
    public static CubeAccess Of(CubeModel model, params IEnumerable<string> roles) => new([.. roles.Select(role =>
        model.Roles.TryGetValue(role, out var found)
            ? found
            : throw new WrongCommandException($"There is no role \"{role}\". {NearNames.Hint(role, model.Roles.Keys, "roles")}"))]);

    /// <summary>What tells the answers of two askers apart.</summary>
    public string Key => _roles is null ? "*" : string.Concat(
        _roles.Select(role => role.Name).Order(StringComparer.Ordinal).Select(name => FormattableString.Invariant($"{name.Length}:{name}")));

    internal bool MaySee(Cube cube) => _roles is null || _roles.Any(role => role.Rows.ContainsKey(cube.Name));

    internal bool IsHidden(Cube cube, string name) =>
        _roles is not null && _roles.Where(role => role.Rows.ContainsKey(cube.Name)).All(role => role.Hidden.Contains(name));

    /// <summary>Whether nothing of a dimension may be named.</summary>
    internal bool IsHidden(Cube cube, DimensionRole role) =>
        role.Dimension.Attributes.Count > 0 && role.Dimension.Attributes.Keys.All(field => IsHidden(cube, $"{role.Name}.{field}"));

    /// <summary>
    /// By role of the asker, of which facts a member's value is shown: those that the role sees, without those that it masks. None where
    /// it is masked of all; null where it is shown of all.
    /// </summary>
    internal IReadOnlyList<(SourcedExpression? Rows, SourcedExpression? Masked)>? ShownOf(Cube cube, string member)
    {
        var roles = _roles?.Where(role => role.Rows.ContainsKey(cube.Name)).ToArray() ?? [];
        if (!roles.Any(role => role.Masked.ContainsKey(member) || role.Hidden.Contains(member)))
        {
            return null;
        }

        var shown = roles
            .Where(role => !role.Hidden.Contains(member) && !(role.Masked.TryGetValue(member, out var masked) && masked is null))
            .Select(role => (Rows: roles.Length == 1 ? null : role.Rows[cube.Name], Masked: role.Masked.GetValueOrDefault(member)))
            .ToArray();
        return shown.Any(role => role is (null, null)) ? null : shown;
    }

    /// <summary>The conditions of which a fact has to meet one; null where it need not meet any.</summary>
    internal IReadOnlyList<SourcedExpression>? RowsOf(Cube cube)
    {
        if (_roles is null)
        {
            return null;
        }

        var rows = _roles.Where(role => role.Rows.ContainsKey(cube.Name)).Select(role => role.Rows[cube.Name]).ToArray();
        return rows.Contains(null) ? null : [.. rows.OfType<SourcedExpression>()];
    }
}
