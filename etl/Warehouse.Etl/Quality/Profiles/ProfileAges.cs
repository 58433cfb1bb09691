using System.Globalization;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Etl.Quality.Profiles;

/// <summary>How long what a customer said of himself usually holds.</summary>
/// <param name="Ages">An attribute's years; with a value, that value's own.</param>
public sealed record ProfileAges(IReadOnlyList<(string Attribute, string? Value, decimal Years)> Ages)
{
    /// <summary>The file of a workspace that changes the usual ages: <c>occupation: 5</c>, <c>occupation=student: 4</c>.</summary>
    public const string FileName = "profile.yaml";

    private static readonly (string Attribute, string? Value, decimal Years)[] Usual =
    [
        ("occupation", null, 5), ("occupation", "student", 4), ("occupation", "apprentice", 4), ("occupation", "retired", 30),
        ("city", null, 7), ("postcode", null, 7), ("street", null, 7), ("email", null, 4), ("phone", null, 4),
        ("household_id", null, 7), ("language", null, 20),
    ];

    /// <summary>The usual ages, as far as the workspace does not say otherwise.</summary>
    /// <exception cref="DefinitionException">The workspace's file is at fault.</exception>
    public static ProfileAges Read(Workspace workspace)
    {
        var path = workspace.PathOf(FileName);
        var ages = Usual.ToDictionary(age => (age.Attribute, age.Value), age => age.Years);
        if (!File.Exists(path))
        {
            return new ProfileAges(Usual);
        }

        var file = DefinitionFile.Load(path, FileName);
        foreach (var (name, years) in file.Root.NamedTexts())
        {
            var cut = name.Text.IndexOf('=', StringComparison.Ordinal);
            var attribute = cut < 0 ? name.Text : name.Text[..cut];
            if (Usual.All(age => age.Attribute != attribute))
            {
                name.Fault($"\"{attribute}\" is no attribute that ages. {NearNames.Hint(attribute, Usual.Select(age => age.Attribute).Distinct(), "attributes")}");
            }
            else if (!decimal.TryParse(years.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) || number is <= 0 or > 1000)
            {
                years.Fault($"How long it holds is a number of years, not \"{years}\".");
            }
            else
            {
                ages[(attribute, cut < 0 ? null : name.Text[(cut + 1)..].ToLowerInvariant())] = number;
            }
        }

        file.ThrowIfFaulty();
        return new ProfileAges([.. ages.Select(age => (age.Key.Attribute, age.Key.Value, age.Value))]);
    }
}
