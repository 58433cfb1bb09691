using System.CommandLine;
using Warehouse.Analysis.Populations;
using Warehouse.Campaigns.Launches;
using Warehouse.Campaigns.Measurement;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse campaign measure NAME</c> and <c>warehouse campaign measure --file FILE --arm COLUMN --control VALUE --outcomes A,B</c>: what an experiment changed.</summary>
internal static class CampaignMeasureCommand
{
    private static readonly Dictionary<string, MissingOutcome> Missing = new(StringComparer.Ordinal)
    {
        ["refuse"] = MissingOutcome.Refuse,
        ["zero"] = MissingOutcome.Zero,
        ["leave-out"] = MissingOutcome.LeaveOut,
    };

    public static Command Create(TimeProvider time)
    {
        var name = new Argument<string?>("campaign") { Description = "A campaign of the workspace; or an experiment in a file, with --file.", Arity = ArgumentArity.ZeroOrOne };
        var wave = new Option<int?>("--wave") { Description = "Which wave of the campaign.", HelpName = "N" };
        var file = new FileOption("--file", "The experiment: CSV, also compressed, or Parquet; one row per customer assigned.");
        var arm = new Option<string?>("--arm") { Description = "The column of the file that holds the arm.", HelpName = "COLUMN" };
        var control = new Option<string?>("--control") { Description = "The arm of the file that the others are compared with.", HelpName = "VALUE" };
        var outcomes = new Option<string?>("--outcomes") { Description = "The columns of the file of what happened, separated by commas.", HelpName = "A,B" };
        var covariates = new Option<string?>("--covariates") { Description = "Columns of what was known before, to take noise out of the outcomes.", HelpName = "C,D" };
        var missing = new Option<string>("--missing") { Description = "What becomes of customers of whom the file does not say what happened: refuse, zero or leave-out.", DefaultValueFactory = _ => "refuse" };
        missing.AcceptOnlyFromAmong([.. Missing.Keys]);
        var lift = new Option<double?>("--expected-lift") { Description = "The rise that was expected, such as 0.1 for 10 %; claims of a test too small for it are refused.", HelpName = "SHARE" };
        var planned = new Option<long?>("--planned-customers") { Description = "How many customers were planned; sharpens the intervals that may be looked at every day.", HelpName = "N" };
        var shares = new Option<string?>("--shares") { Description = "The shares that the arms should have, such as \"treated=9,control=1\"; else equal ones.", HelpName = "A=1,B=1" };
        var profit = new Option<string?>("--profit") { Description = "The outcome that is money.", HelpName = "A" };
        var margin = new Option<double>("--margin") { Description = "The share of it that is kept.", HelpName = "SHARE", DefaultValueFactory = _ => 1 };
        var cost = new Option<double>("--cost") { Description = "What treating one customer costs.", HelpName = "AMOUNT" };
        var asOf = CommonOptions.AsOf();
        var workspace = CommonOptions.Workspace();
        var uplift = new Option<bool>("--uplift") { Description = "Ask also on whom it works, by the covariates." };
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("measure", "Say what an experiment changed, with intervals, and refuse claims that it does not support.")
        {
            name, wave, file, arm, control, outcomes, covariates, missing, lift, planned, shares, profit, margin, cost, uplift, asOf, workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var options = new MeasurementOptions
            {
                ExpectedLift = Above(parsed.GetValue(lift), -1, lift.Name),
                PlannedCustomers = parsed.GetValue(planned) is { } number ? (long)Above(number, 0, planned.Name)! : AlwaysValid.CustomaryCustomers,
                ExpectedShares = ReadShares(parsed.GetValue(shares)),
                Profit = parsed.GetValue(profit) is { } money
                    ? new ProfitTerms(money, (double)Above(parsed.GetValue(margin), 0, margin.Name)!, parsed.GetValue(cost))
                    : null,
            };
            DateOnly? openUntil = null;
            (string Title, DateOnly? AsOf, int Generation) origin = ("Experiment", null, 0);
            List<string> notes = [];
            var experiment = (parsed.GetValue(name), file.PathIn(parsed)) switch
            {
                ({ } campaign, null) => await OfWorkspaceAsync(campaign, parsed),
                (null, { } flat) => await OfFileAsync(flat),
                _ => throw new WrongCommandException("Name either a campaign of the workspace or a file with '--file FILE'."),
            };
            var report = ExperimentReport.Of(experiment, options with { HasUplift = parsed.GetValue(uplift), OpenUntil = openUntil });
            await CommonOptions.Writer(parsed, format, path).WriteAsync(
                report, MeasurementAnswer.Of(report), () => MeasurementCharts.Of(report, origin.Title, origin.AsOf, origin.Generation, notes), stop);
            foreach (var sentence in report.Words)
            {
                parsed.Caller().Error.WriteLine(sentence);
            }

            return report.IsEveryClaimMade ? ExitCode.Done : ExitCode.DoneWithReserve;

            void Note(string note)
            {
                notes.Add($"{char.ToUpperInvariant(note[0])}{note[1..]}");
                parsed.Caller().Error.WriteLine($"Note: {note}");
            }

            string Given(Option<string?> option) => parsed.GetValue(option)
                ?? throw new WrongCommandException($"Option '{option.Name}' is required with '--file'.");

            async Task<Experiment> OfFileAsync(string flat)
            {
                var read = await ExperimentFile.ReadAsync(
                    flat, Given(arm), Given(control), Names(Given(outcomes)), Names(parsed.GetValue(covariates)), Missing[parsed.GetValue(missing)!], stop);
                foreach (var note in read.Notes)
                {
                    Note(note);
                }

                return read.Experiment;
            }

            async Task<Experiment> OfWorkspaceAsync(string campaign, ParseResult command)
            {
                var place = CommonOptions.Open(command, workspace);
                await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
                await using var connection = await database.ConnectAsync(stop);
                var zone = place.Definition.TimeZone;
                var date = CommonOptions.Date(command, asOf) is { } said ? AsOf.EndOf(said, zone) : await AsOf.LatestAsync(connection, zone, time, stop);
                var chosen = await CampaignWave.FindAsync(connection, campaign, command.GetValue(wave), stop);
                var (experiment, inBothArms) = await chosen.ExperimentAsync(connection, date, stop);
                origin = (FormattableString.Invariant($"{campaign}, wave {chosen.Number}"), date.Date, (await Generation.CurrentAsync(connection, stop)).Number);
                if (options.ExpectedShares.Count == 0)
                {
                    options = options with { ExpectedShares = await CampaignLaunch.SharesAsync(connection, campaign, chosen.Number, stop) };
                }

                parsed.Caller().Error.WriteLine(FormattableString.Invariant(
                    $"Wave {chosen.Number} of {campaign}, from {chosen.StartsOn:yyyy-MM-dd} until before {chosen.EndsOn:yyyy-MM-dd}, {date}."));
                if (date.Date.AddDays(1) < chosen.EndsOn)
                {
                    openUntil = chosen.EndsOn;
                    Note("its window is still open. Until it closes, only the always-valid intervals hold at every look, and claims have to stand by them.");
                }

                if (inBothArms > 0)
                {
                    Note(FormattableString.Invariant(
                        $"{inBothArms:#,##0} customers are left out, who stand in both arms because two accounts were found to be one person."));
                }

                return experiment;
            }
        });
        return command;
    }

    private static string[] Names(string? list) =>
        list is null ? [] : list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToArray();

    private static double? Above(double? value, double limit, string option) => value is { } number && !(number > limit)
        ? throw new WrongCommandException(FormattableString.Invariant($"{option} is a number above {limit}, not {number}."))
        : value;

    private static Dictionary<string, double> ReadShares(string? text)
    {
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var part in Names(text))
        {
            var at = part.LastIndexOf('=');
            if (at < 0
                || !double.TryParse(part.AsSpan(at + 1), System.Globalization.CultureInfo.InvariantCulture, out var share)
                || !(share > 0)
                || !double.IsFinite(share))
            {
                throw new WrongCommandException($"\"{part}\" is no share of an arm; write it like treated=9.");
            }

            shares[part[..at].Trim()] = share;
        }

        return shares;
    }
}
