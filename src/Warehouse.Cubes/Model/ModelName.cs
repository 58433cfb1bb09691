namespace Warehouse.Cubes.Model;

/// <summary>Something that a question can name.</summary>
/// <param name="Cube">The cube.</param>
/// <param name="Kind">cube, measure, member or filter.</param>
/// <param name="Name">As a question writes it.</param>
/// <param name="Caption">As people call it.</param>
/// <param name="Description">What it is; null where nobody has said it.</param>
/// <param name="Unit">What a measure counts; null where nobody has said it.</param>
public sealed record ModelName(string Cube, string Kind, string Name, Caption Caption, string? Description, string? Unit)
{
    /// <summary>What somebody can ask for, cube by cube; what is hidden from him is not there.</summary>
    public static IReadOnlyList<ModelName> Of(CubeModel model, CubeAccess access) =>
        [.. model.Cubes.Values.Where(access.MaySee).SelectMany(cube => Of(cube, access))];

    private static IEnumerable<ModelName> Of(Cube cube, CubeAccess access) =>
    [
        new ModelName(cube.Name, "cube", cube.Name, cube.Caption, cube.Description, null),
        .. cube.Measures.Values.Where(measure => !access.IsHidden(cube, measure.Name))
            .Select(measure => new ModelName(cube.Name, "measure", measure.Name, measure.Caption, measure.Description, measure.Unit)),
        .. cube.Roles.Values.SelectMany(role => role.Dimension.Attributes.Values
            .Select(attribute => (Name: $"{role.Name}.{attribute.Name}", Attribute: attribute, role.Dimension))
            .Where(member => !access.IsHidden(cube, member.Name))
            .Select(member => new ModelName(cube.Name, "member", member.Name, member.Attribute.Caption, member.Attribute.Description ?? member.Dimension.Description, null))),
        .. cube.Filters.Keys.Select(filter => new ModelName(cube.Name, "filter", filter, Caption.OfName(filter), null, null)),
    ];
}
