using System.CommandLine;
using Warehouse.Analysis.Baskets;
using Warehouse.Analysis.Customers;
using Warehouse.Analysis.Populations;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse baskets</c>: what is bought together, what a customer is likely to want, and when.</summary>
internal static class BasketsCommand
{
    public static Command Create(TimeProvider time)
    {
        var by = new Option<string>("--by") { Description = "What an item is: product, subcategory, category or brand.", DefaultValueFactory = _ => "product" };
        var window = new Option<string>("--window") { Description = "How far back baskets count: all, a first date, or a length such as 90d, 12m.", DefaultValueFactory = _ => "all" };
        var support = new Option<double?>("--support") { Description = "The part of all baskets that items must be in together; by default .001, or more where there are too many sets, and at least ten baskets.", HelpName = "SHARE" };
        var confidence = new Option<double>("--confidence") { Description = "The part of the baskets with the items of a rule that hold what follows.", HelpName = "SHARE", DefaultValueFactory = _ => .1 };
        var chance = new Option<double>("--false-discoveries") { Description = "The part of the rules given that may be chance; 1 gives all rules.", HelpName = "RATE", DefaultValueFactory = _ => .05 };
        var items = new Option<int>("--items") { Description = "The most items of a set.", HelpName = "N", DefaultValueFactory = _ => 3 };
        var most = new Option<int>("--most") { Description = "At most so many rows.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var sets = new Option<bool>("--sets") { Description = "Show the sets of items instead of the rules." };
        var like = new Option<string?>("--like") { Description = "Show what is bought by those who bought an item.", HelpName = "ITEM" };
        var customer = new Option<string?>("--customer") { Description = "Show what a customer has not bought and is likely to want.", HelpName = "ID" };
        var due = new Option<int?>("--due") { Description = "Show who is likely to buy what within so many days.", HelpName = "DAYS" };
        var evaluate = new Option<int?>("--evaluate") { Description = "Hold recommendations against the last days before the date, and against popularity.", HelpName = "DAYS" };
        var date = new AsOfArguments();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("baskets", "Show what is bought together, what goes with an item, and what customers are likely to buy next.")
        {
            by, window, support, confidence, chance, items, most, sets, like, customer, due, evaluate, workspace, format, path,
        };
        date.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            Option[] questions = [like, customer, due, evaluate];
            if (questions.Count(question => parsed.GetResult(question) is not null) + (parsed.GetValue(sets) ? 1 : 0) > 1)
            {
                throw new WrongCommandException("--sets, --like, --customer, --due and --evaluate are different questions: ask one of them.");
            }

            if (parsed.GetValue(most) < 1)
            {
                throw new WrongCommandException("--most is at least 1.");
            }

            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var options = new BasketOptions(await date.ReadAsync(parsed, connection, database.Workspace, time, stop))
            {
                By = parsed.GetValue(by)!,
                Window = Window.Parse(parsed.GetValue(window)!),
                Support = parsed.GetValue(support),
                Confidence = parsed.GetValue(confidence),
                FalseDiscoveries = parsed.GetValue(chance),
                MostItems = parsed.GetValue(items),
            };
            var key = parsed.GetValue(customer) is { } id ? await CustomerViews.FindAsync(connection, id, stop) : (int?)null;
            await using var baskets = await CustomerBaskets.GatherAsync(connection, options, stop);
            var writer = CommonOptions.Writer(parsed, format, path);
            var answers = new BasketAnswer(baskets, parsed.GetValue(most));
            if (parsed.GetValue(like) is { } item)
            {
                await writer.WriteAsync(answers.Of(await Recommendations.LikeAsync(baskets, item, parsed.GetValue(most), stop)), stop, $"Bought with {item}");
                parsed.Caller().Tell(answers.Words, []);
            }
            else if (key is { } person)
            {
                var wanted = await Recommendations.ForAsync(baskets, person, parsed.GetValue(most), stop);
                await writer.WriteAsync(answers.Of(wanted), stop, $"Recommended to {parsed.GetValue(customer)}");
                parsed.Caller().Tell(answers.Words, wanted.Count > 0 ? [] : ["He has bought nothing that others bought too: there is nothing to recommend by."]);
            }
            else if (parsed.GetValue(due) is { } days)
            {
                var next = await NextPurchases.DueAsync(baskets, days, parsed.GetValue(most), stop);
                await writer.WriteAsync(answers.Of(next), stop, "Due next");
                parsed.Caller().Tell(answers.Words, next.Count > 0 ? [] : ["Nobody has bought the same on three days, and is due again."]);
            }
            else if (parsed.GetValue(evaluate) is { } holdout)
            {
                var evaluation = await Recommendations.EvaluateAsync(baskets, holdout, stop);
                await writer.WriteAsync(answers.Of(evaluation), stop, "Recommendations out of time");
                parsed.Caller().Tell(answers.Words, evaluation.Notes);
            }
            else
            {
                await TellRulesAsync(await BasketAnalysis.RunAsync(baskets, stop), parsed.GetValue(sets));
            }

            return ExitCode.Done;

            async Task TellRulesAsync(BasketResult result, bool asSets)
            {
                if (writer.HasCharts)
                {
                    await writer.WriteAsync(BasketCharts.Of(result), stop);
                }
                else
                {
                    await writer.WriteAsync(
                        (asSets ? answers.Of(result.Definition, result.Sets) : answers.Of(result.Definition, result.Rules)) with { Words = result.Words },
                        stop,
                        asSets ? "Bought together" : "Rules");
                }

                parsed.Caller().Tell(result.Words, result.Notes);
            }
        });
        return command;
    }
}
