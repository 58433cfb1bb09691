using System.CommandLine;
using System.Globalization;
using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Lifetimes;
using Warehouse.Models.Lifetime;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse lifetime</c>: what customers are expected to buy and to be worth.</summary>
internal static class LifetimeCommand
{
    private static readonly string[] Tenths = [.. Enumerable.Range(1, 10).Select(tenth => tenth.ToString(CultureInfo.InvariantCulture))];

    public static Command Create(TimeProvider time)
    {
        var customers = new CustomerListArguments(
            "Give every customer's expectations, with intervals, instead of the models.",
            "Give the customers of this tenth by expected value, 1 to 10; 1 is the most valuable.");
        var model = new Option<string?>("--model")
        {
            Description = "bg-nbd, mbg-nbd or pareto-nbd; else the one that predicts a holdout best.",
            HelpName = "MODEL",
        };
        model.AcceptOnlyFromAmong("bg-nbd", "mbg-nbd", "pareto-nbd");
        var horizon = new Option<int>("--horizon") { Description = "Weeks in which purchases are expected.", HelpName = "WEEKS", DefaultValueFactory = _ => 52 };
        var holdout = new Option<int?>("--holdout") { Description = "Weeks held out to choose the model by.", HelpName = "WEEKS" };
        var discount = new Option<double>("--discount") { Description = "How much less a year makes money worth.", HelpName = "RATE", DefaultValueFactory = _ => .1 };
        var margin = new Option<double>("--margin") { Description = "The part of spend that is profit.", HelpName = "SHARE", DefaultValueFactory = _ => 1 };
        var date = new AsOfArguments();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("lifetime", "Show what customers are expected to buy and to be worth.")
        {
            model, horizon, holdout, discount, margin, workspace, format, path, LifetimeFitCommand.Create(),
        };
        customers.AddTo(command);
        date.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var options = new LifetimeOptions(await date.ReadAsync(parsed, connection, database.Workspace, time, stop))
            {
                Model = parsed.GetValue(model) is { } name ? LifetimeModelKinds.Parse(name) : null,
                HorizonWeeks = parsed.GetValue(horizon),
                HoldoutWeeks = parsed.GetValue(holdout),
                AnnualDiscountRate = parsed.GetValue(discount),
                Margin = parsed.GetValue(margin),
            };
            await using var activity = await CustomerActivity.GatherAsync(connection, options.AsOf, stop);
            await using var lifetimes = await LifetimeAnalysis.RunAsync(activity, options, stop);
            var writer = CommonOptions.Writer(parsed, format, path);
            var notes = lifetimes.Result.Notes.ToList();
            if (customers.AreAsked(parsed))
            {
                var tenth = customers.Group(parsed, Tenths, "tenth") is { } group ? int.Parse(group, CultureInfo.InvariantCulture) : (int?)null;
                await writer.WriteAsync(customers.Cut(parsed, LifetimeAnswer.CustomersOf(lifetimes, tenth), 10, notes), stop, "Lifetimes");
            }
            else if (writer.HasCharts)
            {
                await writer.WriteAsync(LifetimeCharts.Of(lifetimes.Result), stop);
            }
            else
            {
                var answer = LifetimeAnswer.Of(lifetimes.Result);
                await writer.WriteAsync(answer, answer.Table, stop, "Lifetime models");
            }

            parsed.Caller().Tell(lifetimes.Result.Words, notes);
            return ExitCode.Done;
        });
        return command;
    }
}
