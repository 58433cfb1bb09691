using System.CommandLine;
using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.Summaries;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse lifetime fit</c>: fits a lifetime model to any table of customers' summaries; it needs no workspace.</summary>
internal static class LifetimeFitCommand
{
    public static Command Create()
    {
        var summary = new FileOption(
            "--summary",
            "A CSV or Parquet file with the columns x (frequency), t_x (recency) and T (age; n for bg-bb), or x and mean_spend (monetary_value); a column customers (count) is optional.")
        {
            Required = true,
        };
        var model = new Option<string>("--model")
        {
            Description = "bg-nbd, mbg-nbd, pareto-nbd, bg-bb or gamma-gamma.",
            HelpName = "MODEL",
            Required = true,
        };
        var columns = new Option<string?>("--columns")
        {
            Description = "Which column holds what, where headers are not customary: x=orders,t_x=last,T=age.",
            HelpName = "SYMBOL=HEADER,…",
        };
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("fit", "Fit a model of purchases or of spend to a table of customers' summaries.") { summary, model, columns, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var kind = LifetimeModelKinds.Parse(parsed.GetValue(model)!);
            var named = parsed.GetValue(columns) is { } text ? SummaryColumns.Parse(text) : SummaryColumns.Customary;
            var file = await SummaryFile.ReadAsync(summary.PathIn(parsed)!, kind, named, stop);
            var (fit, leftOut) = file.Fit(kind, new ParallelOptions { CancellationToken = stop });
            var answer = LifetimeFitAnswer.Of(fit);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(answer, answer.Table, stop, $"{answer.Model}: {answer.Outcome}");
            if (leftOut > 0)
            {
                await parsed.Caller().Error.WriteLineAsync(FormattableString.Invariant($"Note: {leftOut:#,##0} customers {(kind == LifetimeModelKind.GammaGamma ? "without a repeat purchase" : "whose time has not begun (T = 0)")} are left out."));
            }

            if (file.Unused.Count > 0)
            {
                await parsed.Caller().Error.WriteLineAsync($"Note: {string.Join(", ", file.Unused.Select(column => $"\"{column}\""))} {(file.Unused.Count == 1 ? "is" : "are")} not used.");
            }

            if (!fit.Converged)
            {
                await parsed.Caller().Error.WriteLineAsync($"Note: {fit.Outcome.Message}");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
