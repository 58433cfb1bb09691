using System.CommandLine;
using System.Globalization;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.ValueTiers;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse tiers</c>: how value is spread over customers, the 80/20 question.</summary>
internal static class TiersCommand
{
    private const int MostLeavers = 20;

    public static Command Create(TimeProvider time)
    {
        var by = new Option<string>("--by") { Description = "What tiers are shares of: value or customers.", DefaultValueFactory = _ => "value" };
        by.AcceptOnlyFromAmong("value", "customers");
        var limits = new Option<string?>("--tiers") { Description = "The tiers and the share at which each ends, such as A:0.8,B:0.95,C:1.", HelpName = "NAME:SHARE,…" };
        var zero = new Option<string>("--zero-spenders")
        {
            Description = "Whether customers whose value is zero or less belong to the population: in or out.",
            DefaultValueFactory = _ => "out",
        };
        zero.AcceptOnlyFromAmong("in", "out");
        var customers = new CustomerListArguments("Give every customer's tier.", "Give the customers of this tier.");
        var since = new Option<string?>("--since") { Description = "Show who changed tier since an earlier date, and what those cost who left the best.", HelpName = "DATE" };
        var from = new Option<string?>("--from") { Description = $"The tier that those of --of were in on the date of --since; \"{TierCharts.NoCustomer}\" for none.", HelpName = "TIER" };
        var population = new PopulationArguments(canExpect: true);
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("tiers", "Show how value is spread over customers: tiers, the best 20 %, who makes 80 %.")
        {
            by, limits, zero, since, from, workspace, format, path,
        };
        customers.AddTo(command);
        population.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var earlier = CommonOptions.Date(parsed, since);
            var areMovers = earlier is not null && customers.AreAsked(parsed);
            if (areMovers ? customers.Group(parsed) is null || parsed.GetValue(from) is null : parsed.GetValue(from) is not null)
            {
                throw new WrongCommandException("--customers gives the tiers of one date and --since the moves between two: ask for one of them, or for those who moved with --since, --from and --of.");
            }

            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var options = new TierOptions(await population.ReadAsync(parsed, connection, database.Workspace, time, stop))
            {
                Rule = RuleOf(parsed.GetValue(by) == "value" ? TierBasis.Value : TierBasis.Customers, parsed.GetValue(limits)),
                ZeroSpenders = parsed.GetValue(zero) == "in" ? Counting.Counted : Counting.LeftOut,
            };
            var writer = CommonOptions.Writer(parsed, format, path);
            if (earlier is { } before)
            {
                var zone = database.Workspace.Definition.TimeZone;
                var then = options.Population.AsOf.HasHindsight ? AsOf.EndOfWithHindsight(before, zone) : AsOf.EndOf(before, zone);
                await (areMovers ? TellMoversAsync(then) : TellMovesAsync(then));
                return ExitCode.Done;
            }

            await using var tiers = await TierAnalysis.AssignAsync(connection, options, stop);
            var notes = tiers.Result.Notes.ToList();
            await TellTiersAsync(tiers);
            parsed.Caller().Tell(tiers.Result.Words, notes);
            return ExitCode.Done;

            async Task TellMoversAsync(AsOf then)
            {
                var names = options.Rule.Tiers.Select(tier => tier.Name).Append(TierCharts.NoCustomer).ToList();
                var movers = await TierComparison.MoversAsync(
                    connection, options, then, Tier(parsed.GetValue(from)!, names), Tier(customers.Group(parsed)!, names), stop);
                var compared = new List<string> { $"Compared with {then}." };
                await writer.WriteAsync(customers.Cut(parsed, TierAnswer.CustomersOf(movers), 2, compared), stop, "Who moved");
                parsed.Caller().Tell(movers.After.Words, compared);
            }

            async Task TellMovesAsync(AsOf then)
            {
                var moved = await TierComparison.RunAsync(connection, options, then, MostLeavers, stop);
                if (writer.HasCharts)
                {
                    await writer.WriteAsync(TierCharts.Of(moved), stop);
                }
                else
                {
                    await writer.WriteAsync(moved, TierAnswer.Of(moved), stop, "Moves between tiers");
                }

                parsed.Caller().Tell(moved.After.Words, [$"Compared with {moved.Before.AsOf}.", TierAnswer.Sentence(moved), .. moved.Notes]);
            }

            async Task TellTiersAsync(CustomerTiers tiers)
            {
                var result = tiers.Result;
                if (customers.AreAsked(parsed))
                {
                    var group = customers.Group(parsed, [.. result.Tiers.Select(tier => tier.Name)], "tier");
                    await writer.WriteAsync(customers.Cut(parsed, await TierAnswer.CustomersAsync(tiers, group, stop), 2, notes), stop, "Customers and their tiers");
                }
                else if (writer.HasCharts)
                {
                    await writer.WriteAsync(TierCharts.Of(result), stop);
                }
                else
                {
                    await writer.WriteAsync(result, TierAnswer.Of(result), stop, "Value tiers");
                    if (writer is { Format: AnswerFormat.Table, Path: null } && result.Concentration is { } concentration)
                    {
                        parsed.Caller().Output.WriteLine(TierAnswer.Sentences(concentration));
                    }
                }
            }
        });
        return command;
    }

    /// <summary>The tier of a name; null for none.</summary>
    private static string? Tier(string name, IReadOnlyList<string> names) => name == TierCharts.NoCustomer ? null
        : names.Contains(name) ? name
        : throw new WrongCommandException($"There is no tier \"{name}\". {NearNames.Hint(name, names, "tiers")}");

    private static TierRule RuleOf(TierBasis basis, string? limits) => limits is null
        ? basis == TierBasis.Value ? TierRule.ByValue : TierRule.ByCustomers
        : TierRule.Of(
            basis,
            [
                .. limits.Split(',', StringSplitOptions.TrimEntries).Select(part =>
                    part.Split(':', StringSplitOptions.TrimEntries) is [var name, var share]
                        && decimal.TryParse(share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var limit)
                            ? new TierLimit(name, limit)
                            : throw new WrongCommandException($"\"{part}\" is no tier and its share: write --tiers A:0.8,B:0.95,C:1.")),
            ]);
}
