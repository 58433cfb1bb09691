using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>What a condition of a segment can ask for.</summary>
/// <param name="Condition">The condition as a definition writes it, a part of one after a dot: country, bought.category.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Value">A value that it can ask for; null where there is no list of them.</param>
/// <param name="Count">How many customers have the value now, or products, contacts, statements; null where nobody counts them.</param>
public sealed record SegmentChoice(string Condition, ChoiceKind Kind, string? Value, long? Count)
{
    private const int MostValues = 500;

    private static readonly string[] Behaviours =
        ["bought.category", "bought.subcategory", "bought.brand", "bought.channel", "contacted.topic", "consent", "campaign.name"];

    /// <summary>Every condition with the values that the warehouse knows, in the order in which the documentation tells of them.</summary>
    public static async Task<IReadOnlyList<SegmentChoice>> AllAsync(DbConnection connection, Workspace workspace, CancellationToken cancellationToken)
    {
        var known = (await connection.RowsAsync(
            SqlFile.Read(typeof(SegmentChoice), "Segments/segment_value.sql"),
            row => (Condition: row.GetString(0), Value: row.GetString(1), Count: row.GetInt64(2)),
            cancellationToken,
            ("most", MostValues))).ToLookup(value => value.Condition, StringComparer.Ordinal);
        return
        [
            .. ConditionReader.Attributes.SelectMany(Known),
            .. ConditionReader.Scores.SelectMany(score => Listed(score.Key, score.Known)),
            .. ConditionReader.Numbers.Select(name => new SegmentChoice(name, ChoiceKind.Number, null, null)),
            .. ConditionReader.Dates.Select(name => new SegmentChoice(name, ChoiceKind.Date, null, null)),
            .. Behaviours.SelectMany(Known),
            .. Listed("campaign.response", ConditionReader.Milestones.Keys),
            .. Listed("segment", Segment.ReadAll(workspace).Select(segment => segment.Name)),
            .. SegmentCubes.Of(workspace).Names.Select(name => new SegmentChoice("measure", ChoiceKind.Number, name, null)),
        ];

        IEnumerable<SegmentChoice> Known(string condition) => known[condition]
            .Select(value => new SegmentChoice(condition, ChoiceKind.Values, value.Value, value.Count))
            .DefaultIfEmpty(new SegmentChoice(condition, ChoiceKind.Values, null, null));
    }

    private static IEnumerable<SegmentChoice> Listed(string condition, IEnumerable<string> values) =>
        values.Select(value => new SegmentChoice(condition, ChoiceKind.Values, value, null));
}

/// <summary>What a condition takes.</summary>
public enum ChoiceKind
{
    /// <summary>One or more of its values.</summary>
    Values,

    /// <summary>Bounds that are numbers.</summary>
    Number,

    /// <summary>Bounds that are dates.</summary>
    Date,
}
