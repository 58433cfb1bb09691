using System.Globalization;

namespace Warehouse.Analysis.Lifecycle;

/// <summary>The values of a trait that a rule takes: from an inclusive number, below another, or unknown ones, or both.</summary>
/// <param name="From">Inclusive; null where there is no lower end.</param>
/// <param name="Below">Exclusive; null where there is no upper end.</param>
/// <param name="TakesKnown">Whether known values are taken at all.</param>
/// <param name="TakesUnknown">Whether somebody is taken of whom it is not known.</param>
internal sealed record TraitRange(double? From, double? Below, bool TakesKnown, bool TakesUnknown)
{
    private const string Unknown = "unknown";

    public static readonly TraitRange Any = new(null, null, TakesKnown: true, TakesUnknown: true);

    /// <summary>Reads « from 1 below 4 », « below 2 », « from 0.5 », « unknown », « unknown or from 0.5 »; null where it is none of these.</summary>
    public static TraitRange? Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var takesUnknown = words is [Unknown, ..];
        return (takesUnknown && words is [Unknown, "or", ..] ? words[2..] : takesUnknown ? words[1..] : words) switch
        {
            [] when words.Length == 1 => new TraitRange(null, null, TakesKnown: false, TakesUnknown: true),
            ["from", var from] when Number(from) is { } least => new TraitRange(least, null, true, takesUnknown),
            ["below", var below] when Number(below) is { } most => new TraitRange(null, most, true, takesUnknown),
            ["from", var from, "below", var below] when Number(from) is { } least && Number(below) is { } most && least < most =>
                new TraitRange(least, most, true, takesUnknown),
            _ => null,
        };
    }

    /// <summary>Whether the values that begin at an edge and end at the next one are taken; null is the first edge, below all.</summary>
    public bool Takes(double? edge) => TakesKnown && (From is null || edge >= From) && (Below is null || edge is null || edge < Below);

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
