using Warehouse.Pages.Asking;

namespace Warehouse.Pages.Explore;

/// <summary>What questions to a cube can name, as the visitor may see it.</summary>
/// <param name="Measures">Its measures.</param>
/// <param name="Dimensions">Its members, by dimension.</param>
/// <param name="Filters">Its named filters.</param>
public sealed record Catalogue(IReadOnlyList<Field> Measures, IReadOnlyList<IGrouping<string, Field>> Dimensions, IReadOnlyList<Field> Filters)
{
    /// <summary>The catalogue of one cube from the answer of <c>cubes</c>.</summary>
    /// <param name="names">The answer.</param>
    /// <param name="say">A caption in the language of the page, where the cube itself does not speak it.</param>
    public static Catalogue Of(Table names, Func<string, string> say)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(say);
        var (kind, name, caption, unit, description) = (names["kind"], names["name"], names["caption"], names["unit"], names["description"]);
        var all = names.Rows.Select(row => (Kind: row.Texts[kind], Field: new Field(row.Texts[name], say(row.Texts[caption]), say(row.Texts[name].Split('.')[0].Replace('_', ' ')), row.Text(unit), row.Text(description)))).ToList();
        IReadOnlyList<Field> Of(string of) => [.. all.Where(each => each.Kind == of).Select(each => each.Field)];
        return new Catalogue(Of("measure"), [.. Of("member").GroupBy(field => field.Dimension)], Of("filter"));
    }

    /// <summary>What people call something that a question names.</summary>
    public string CaptionOf(string name)
    {
        var measure = Measures.FirstOrDefault(field => field.Name == name);
        var member = Dimensions.SelectMany(fields => fields).FirstOrDefault(field => field.Name == name);
        return measure?.Caption ?? (member is null ? name : $"{member.Caption} · {member.DimensionCaption}");
    }
}

/// <summary>Something that a question can name.</summary>
public sealed record Field(string Name, string Caption, string DimensionCaption, string? Unit, string? Description)
{
    /// <summary>The dimension of a member: what stands before the dot.</summary>
    public string Dimension => Name.Split('.')[0];
}
