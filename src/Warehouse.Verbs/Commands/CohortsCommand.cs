using System.CommandLine;
using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Cohorts;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse cohorts</c>: what became of the customers who came together.</summary>
internal static class CohortsCommand
{
    public static Command Create(TimeProvider time)
    {
        var by = new Option<string>("--by") { Description = "What makes a cohort: first_purchase or an attribute of the customer.", DefaultValueFactory = _ => "first_purchase" };
        var period = new Option<string>("--period") { Description = "How long a period is: week, month, quarter or year.", DefaultValueFactory = _ => "month" };
        period.AcceptOnlyFromAmong("week", "month", "quarter", "year");
        var show = new Option<string>("--show") { Description = "What the table shows: retention, repeat, revenue, margin or value; other formats have them all.", DefaultValueFactory = _ => "retention" };
        show.AcceptOnlyFromAmong("retention", "repeat", "revenue", "margin", "value");
        var ages = new Option<int>("--ages") { Description = "The greatest age, in periods.", DefaultValueFactory = _ => 36 };
        var of = new Option<string?>("--of") { Description = "Give the customers of this cohort instead.", HelpName = "COHORT" };
        var age = new Option<int?>("--age") { Description = "With --of: those of them alone who bought at this age.", HelpName = "N" };
        var date = new AsOfArguments();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("cohorts", "Show retention, repeat purchase and value of customers by cohort and age.")
        {
            by, period, show, ages, of, age, workspace, format, path,
        };
        date.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var options = new CohortOptions
            {
                By = parsed.GetValue(by)!,
                Period = Enum.Parse<CohortPeriod>(parsed.GetValue(period)!, ignoreCase: true),
                MostAges = parsed.GetValue(ages),
            };
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var asOf = await date.ReadAsync(parsed, connection, database.Workspace, time, stop);
            await using var activity = await CustomerActivity.GatherAsync(connection, asOf, stop);
            var result = await CohortAnalysis.RunAsync(activity, options, stop);
            var writer = CommonOptions.Writer(parsed, format, path);
            if (parsed.GetValue(of) is { } cohort)
            {
                var names = result.Cells.Select(cell => cell.Cohort).Distinct(StringComparer.Ordinal).ToList();
                if (!names.Contains(cohort))
                {
                    throw new WrongCommandException($"There is no cohort \"{cohort}\". {NearNames.Hint(cohort, names, "cohorts")}");
                }

                var customers = await CohortAnalysis.CustomersAsync(activity, options, cohort, parsed.GetValue(age), stop);
                await writer.WriteAsync(CohortAnswer.CustomersOf(result, customers), stop, "Customers of a cohort");
                parsed.Caller().Tell(result.Words, result.Notes);
                return ExitCode.Done;
            }

            if (parsed.GetValue(age) is not null)
            {
                throw new WrongCommandException("--age is of the customers of a cohort: name it with --of.");
            }

            if (writer.HasCharts)
            {
                await writer.WriteAsync(CohortCharts.Of(result), stop);
            }
            else
            {
                await writer.WriteAsync(
                    writer.Format == AnswerFormat.Table ? CohortAnswer.HeatMap(result, parsed.GetValue(show)!) : CohortAnswer.Of(result), stop, "Cohorts");
            }

            parsed.Caller().Tell(result.Words, result.Notes);
            return ExitCode.Done;
        });
        return command;
    }
}
