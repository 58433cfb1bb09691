using System.Globalization;
using Warehouse.Campaigns.Segments;
using Warehouse.Charts;

namespace Warehouse.Verbs.Output;

/// <summary>Segments as reports.</summary>
internal static class SegmentCharts
{
    private const int MostReasons = 25;

    /// <summary>How many were in a segment whenever it was built.</summary>
    public static Report Of(ShownSegment shown, int generation)
    {
        StoredMembership[] dates = [.. shown.Builds.GroupBy(build => build.AsOf).OrderBy(date => date.Key).Select(date => date.Last())];
        return new Report(
            shown.Segment,
            new ReportOrigin(dates.LastOrDefault()?.AsOf, generation, shown.Description ?? shown.Segment, shown.Definition),
            [
                ReportPart.Of(new LineChart(
                    "Membership over time",
                    new Axis("as of"),
                    new Axis("members", ValueFormat.Count),
                    [new ChartLine("members", [.. dates.Select((build, place) => new ChartPoint(place, build.Members))])])
                {
                    Categories = [.. dates.Select(build => Date(build.AsOf))],
                }),
                ReportPart.Of(
                    "Builds",
                    new ChartTable(
                        [new("as of"), new("members", ValueFormat.Count), new("value", ValueFormat.Money), new("built"), new("definition")],
                        [
                            .. shown.Builds.Reverse().Select(build => (IReadOnlyList<object?>)
                            [
                                Date(build.AsOf), build.Members, build.Revenue, build.BuiltAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), build.Definition[..8],
                            ]),
                        ])),
            ],
            []);
    }

    /// <summary>Who joined and who left, by the conditions that hold at one date alone.</summary>
    public static Report Of(SegmentMoves moves)
    {
        var reasons = moves.Moves.GroupBy(move => move.Reason, StringComparer.Ordinal)
            .Select(group => (Reason: group.Key, Joined: group.Count(move => move.HasJoined), Left: group.Count(move => !move.HasJoined)))
            .OrderByDescending(reason => reason.Joined + reason.Left).ThenBy(reason => reason.Reason, StringComparer.Ordinal)
            .ToArray();
        var joined = moves.Moves.Count(move => move.HasJoined);
        return new Report(
            moves.Segment.Name,
            new ReportOrigin(
                moves.To.Date,
                moves.Generation,
                FormattableString.Invariant($"{moves.Before:#,##0} members {moves.From}; {joined:#,##0} joined and {moves.Moves.Count - joined:#,##0} left; {moves.After:#,##0} members {moves.To}."),
                moves.Segment.Hash),
            [
                new BarChart(
                    "By which condition",
                    "condition",
                    new Axis("customers", ValueFormat.Count),
                    [.. reasons.Take(MostReasons).Select(reason => reason.Reason)],
                    [
                        new BarSeries("joined", [.. reasons.Take(MostReasons).Select(reason => (double?)reason.Joined)]),
                        new BarSeries("left", [.. reasons.Take(MostReasons).Select(reason => (double?)reason.Left)]),
                    ])
                {
                    IsHorizontal = true,
                    Description = reasons.Length > MostReasons ? FormattableString.Invariant($"The {MostReasons} most frequent of {reasons.Length:#,##0}.") : null,
                },
                ReportPart.Of(
                    "Who joined and who left",
                    new ChartTable(
                        [new("customer"), new("move"), new("value", ValueFormat.Money), new("condition")],
                        [.. moves.Moves.Select(move => (IReadOnlyList<object?>)[move.CustomerId, move.HasJoined ? "joined" : "left", move.Value, move.Reason])])),
            ],
            []);
    }

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
