using Warehouse.Cubes.Query;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>A question to the first cube of a star.</summary>
internal sealed record Question
{
    /// <summary>Names of measures of the model.</summary>
    public required IReadOnlyList<string> Measures { get; init; }

    /// <summary>Members as they are written.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    public string? Where { get; init; }

    public string Totals { get; init; } = "none";

    public DateOnly? AsOf { get; init; }

    public QueryTexts Texts(Star star) => new()
    {
        Cube = star.Home.Name,
        Measures = string.Join(", ", Measures.Select(Star.Quote)),
        By = string.Join(", ", By),
        Where = Where,
        Totals = Totals,
        AsOf = AsOf?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>The sets that the totals mean, as bits of the members totalled over.</summary>
    public IReadOnlyList<int> Sets()
    {
        var everything = (1 << By.Count) - 1;
        int[] sets = Totals switch
        {
            "grand" => [0, everything],
            "rollup" => [.. Enumerable.Range(0, By.Count + 1).Select(kept => everything & ~((1 << kept) - 1))],
            "cube" => [.. Enumerable.Range(0, everything + 1)],
            _ => [0],
        };
        return [.. sets.Distinct()];
    }

    public override string ToString() =>
        $"measures {string.Join(", ", Measures)}; by {string.Join(", ", By)}; where {Where}; totals {Totals}; as of {AsOf}";
}
