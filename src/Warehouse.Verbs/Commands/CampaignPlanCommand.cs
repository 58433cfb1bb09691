using System.CommandLine;
using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Campaigns.Launches;
using Warehouse.Campaigns.Plans;
using Warehouse.Campaigns.Segments;
using Warehouse.Campaigns.Suppression;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse campaign plan NAME</c> and <c>warehouse campaign launch NAME</c>: whom a wave would reach, and drawing it.</summary>
internal sealed class CampaignPlanCommand
{
    private readonly Argument<string?> _name = new("campaign") { Description = "The plan, a file of campaigns/." };
    private readonly FileOption _draft = new("--file", "A plan that is not saved, in place of that of the workspace.");
    private readonly Option<int?> _wave = new("--wave") { Description = "Which wave of the campaign.", HelpName = "N" };
    private readonly Option<string?> _asOf = CommonOptions.AsOf();
    private readonly Option<string?> _workspace = CommonOptions.Workspace();
    private readonly Option<string> _format = CommonOptions.FormatWithCharts();
    private readonly FileOption _path = CommonOptions.Out();

    public static Command Plan(TimeProvider time)
    {
        var parts = new CampaignPlanCommand();
        var command = parts.Named("plan", "Say whom a campaign would reach, who is left out and why, and what it could show.");
        parts._name.Arity = ArgumentArity.ZeroOrOne;
        command.Add(parts._draft);
        command.SetAction(async (parsed, stop) =>
        {
            var (place, plan) = parts.Open(parsed);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            var options = await parts.PopulationAsync(parsed, database, time, stop);
            var at = parsed.GetValue(parts._asOf) is null ? time.GetUtcNow() : options.AsOf.End.AddMicroseconds(-1);
            await using var connection = await database.ConnectAsync(stop);
            var segments = Segment.ReadAll(place);
            await TellDoubtsAsync(parsed, connection, plan, segments, stop);
            var wave = plan.Wave(parsed.GetValue(parts._wave));
            var audience = await CampaignAudience.FindAsync(
                connection, plan, wave, ContactPolicy.Load(place), segments, options, at, stop);
            await parts.TellAsync(parsed, audience, Lateness(wave, place, at), stop);
            return audience.Power.CanShow ? ExitCode.Done : ExitCode.DoneWithReserve;
        });
        return command;
    }

    public static Command Launch(TimeProvider time)
    {
        var parts = new CampaignPlanCommand();
        var command = parts.Named("launch", "Draw the arms of a campaign's wave and record them; once and for all.");
        command.SetAction(async (parsed, stop) =>
        {
            var (place, plan) = parts.Open(parsed);
            await using var database = await DatabaseTurn.TakeAsync(place, time, stop);
            var options = await parts.PopulationAsync(parsed, database, time, stop);
            var segments = Segment.ReadAll(place);
            await using (var connection = await database.ConnectAsync(stop))
            {
                await TellDoubtsAsync(parsed, connection, plan, segments, stop);
            }

            var wave = plan.Wave(parsed.GetValue(parts._wave));
            var (launch, audience) = await CampaignLaunch.RunAsync(
                database, plan, wave, ContactPolicy.Load(place), segments, options, stop);
            await LoadCommand.BuildRollupsAsync(parsed.Caller(), database, time, stop);
            if (audience is null)
            {
                parsed.Caller().Error.WriteLine(FormattableString.Invariant(
                    $"Wave {launch.Wave} of {launch.Campaign} was launched on {launch.LaunchedAt:yyyy-MM-dd HH:mm:ss} UTC, with {launch.Treated:#,##0} treated and {launch.Control:#,##0} left alone. Nothing was changed."));
                if (launch.Definition != plan.Hash)
                {
                    parsed.Caller().Error.WriteLine("Note: the plan is another one than that which was launched.");
                }

                return ExitCode.Done;
            }

            await parts.TellAsync(parsed, audience, Lateness(wave, place, launch.LaunchedAt), stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static string? Lateness(PlannedWave wave, Workspace place, DateTimeOffset at) =>
        wave.Lateness(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, place.Definition.TimeZone).DateTime));

    private static Task TellDoubtsAsync(ParseResult parsed, DbConnection connection, CampaignPlan plan, IReadOnlyList<Segment> segments, CancellationToken stop) =>
        SegmentArguments.TellDoubtsAsync(parsed, connection, Segment.Find(segments, plan.Segment), segments, stop);

    private Command Named(string name, string description) => new(name, description) { _name, _wave, _asOf, _workspace, _format, _path };

    private (Workspace Place, CampaignPlan Plan) Open(ParseResult parsed)
    {
        var place = CommonOptions.Open(parsed, _workspace);
        return (parsed.GetValue(_name), _draft.PathIn(parsed)) switch
        {
            (var name, { } path) => (place, CampaignPlan.ReadDraft(path, name)),
            ({ } name, null) => (place, CampaignPlan.Find(place, name)),
            _ => throw new WrongCommandException("Name a plan of the workspace, or one that is not saved with '--file FILE'."),
        };
    }

    private async Task<PopulationOptions> PopulationAsync(ParseResult parsed, WarehouseDatabase database, TimeProvider time, CancellationToken stop)
    {
        await using var connection = await database.ConnectAsync(stop);
        var zone = database.Workspace.Definition.TimeZone;
        return new PopulationOptions(
            CommonOptions.Date(parsed, _asOf) is { } said ? AsOf.EndOf(said, zone) : await AsOf.LatestAsync(connection, zone, time, stop));
    }

    private async Task TellAsync(ParseResult parsed, CampaignAudience audience, string? late, CancellationToken stop)
    {
        if (late is not null)
        {
            parsed.Caller().Error.WriteLine($"Note: {late}");
        }

        await CommonOptions.Writer(parsed, _format, _path).WriteAsync(
            audience, CampaignAnswer.Of(audience), () => CampaignCharts.Of(audience, late is null ? [] : [late]), stop, FormattableString.Invariant($"{audience.Campaign}, wave {audience.Wave}"));
        foreach (var sentence in audience.Words)
        {
            parsed.Caller().Error.WriteLine(sentence);
        }
    }
}
