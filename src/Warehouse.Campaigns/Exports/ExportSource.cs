using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Campaigns.Destinations;
using Warehouse.Campaigns.Launches;
using Warehouse.Campaigns.Plans;
using Warehouse.Campaigns.Segments;
using Warehouse.Store;

namespace Warehouse.Campaigns.Exports;

/// <summary>A list that can be exported.</summary>
public abstract record ExportSource
{
    internal abstract string Kind { get; }

    internal abstract string List { get; }

    internal abstract int Wave { get; }

    internal abstract string Definition { get; }

    internal abstract DateOnly AsOf { get; }

    internal abstract bool Fits(Destination destination);

    /// <summary>Finds who is to be there now, into <c>temp.export_wanted</c>.</summary>
    internal abstract Task GatherAsync(DbConnection connection, Destination destination, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Writes the fields of those of <c>temp.export_member</c> who are to be there.</summary>
    private protected async Task FillAsync(
        DbConnection connection, Destination destination, string? channel, string? offer, DateTimeOffset at, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            SqlFile.Read(typeof(ExportSource), "Exports/export_wanted.sql")
                .Replace("/*fields*/", string.Join(", ", destination.Columns.Select(column => FieldOf(column.Field, destination.Route))), StringComparison.Ordinal),
            cancellationToken,
            ("channel", channel),
            ("at", at),
            ("list", List),
            ("wave", Wave),
            ("offer", offer),
            ("as_of", AsOf));

    /// <summary>What programs that write mail read has no line end or other control character: a name that holds one would add headers of its own.</summary>
    private static string FieldOf(ExportField field, Route route) => (field.Type, route) switch
    {
        (ExportType.Text, WebhookRoute or FolderRoute) => $"regexp_replace(CAST({field.Sql} AS VARCHAR), '[\\x00-\\x1F\\x7F\\x{{85}}\\x{{2028}}\\x{{2029}}]+', ' ', 'g')",
        _ => $"CAST({field.Sql} AS VARCHAR)",
    };
}

/// <summary>The treated customers of a launched wave.</summary>
public sealed record CampaignSource(CampaignPlan Plan, CampaignLaunch Launch, DateOnly Date) : ExportSource
{
    internal override string Kind => "campaign";

    internal override string List => Launch.Campaign;

    internal override int Wave => Launch.Wave;

    internal override string Definition => Launch.Definition;

    internal override DateOnly AsOf => Date;

    internal override bool Fits(Destination destination) => destination.Channel is null || destination.Channel == Plan.Channel;

    internal override async Task GatherAsync(DbConnection connection, Destination destination, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(SqlFile.Read(typeof(CampaignSource), "Exports/campaign_treated.sql"), cancellationToken, ("launch_key", Launch.Key));
        await FillAsync(connection, destination, Plan.Channel, Plan.Offer, at, cancellationToken);
    }
}

/// <summary>The members of a segment as of a date.</summary>
public sealed record SegmentSource(Segment Segment, IReadOnlyList<Segment> Segments, PopulationOptions Options) : ExportSource
{
    internal override string Kind => "segment";

    internal override string List => Segment.Name;

    internal override int Wave => 0;

    internal override string Definition => Segment.Hash;

    internal override DateOnly AsOf => Options.AsOf.Date;

    internal override bool Fits(Destination destination) => true;

    internal override async Task GatherAsync(DbConnection connection, Destination destination, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var people = await SegmentPeople.GatherAsync(connection, Options, cancellationToken);
        await people.FindAsync(Segment, Segments, cancellationToken, destination.Columns.Any(column => column.Field.IsReason) ? FoundScope.Members : FoundScope.Keys);
        await connection.ExecuteAsync(
            "CREATE OR REPLACE TEMP TABLE export_member AS SELECT *, NULL AS arm, NULL AS expected_profit FROM temp.segment_found WHERE is_member", cancellationToken);
        await FillAsync(connection, destination, destination.Channel, null, at, cancellationToken);
    }
}
