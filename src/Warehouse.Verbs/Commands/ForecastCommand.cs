using System.CommandLine;
using Warehouse.Analysis.Forecasts;
using Warehouse.Charts;
using Warehouse.Cubes.Query;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse forecast CUBE --measure M</c>: what is expected of a measure of a cube.</summary>
internal static class ForecastCommand
{
    public static Command Create(TimeProvider time)
    {
        var cube = new Argument<string>("cube") { Description = "The cube." };
        var measure = new Option<string>("--measure") { Description = "The measure, or an expression over measures.", HelpName = "M", Required = true };
        var by = new Option<string>("--by") { Description = "The member of time that makes a period.", HelpName = "X", DefaultValueFactory = _ => "date.month" };
        var where = new Option<string?>("--where") { Description = "Which facts count.", HelpName = "EXPR" };
        var horizon = new Option<int?>("--horizon") { Description = "How many periods on; a season by default.", HelpName = "N" };
        var season = new Option<int?>("--season") { Description = "Periods in a season: by default 7 days, 52 weeks, 12 months, 4 quarters; 1 for none.", HelpName = "N" };
        var date = new AsOfArguments();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("forecast", "Show what is expected of a measure of a cube, and how well that would have gone.")
        {
            cube, measure, by, where, horizon, season, workspace, format, path,
        };
        date.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var asOf = await date.ReadAsync(parsed, connection, database.Workspace, time, stop);
            var engine = QueryCommand.Engine(database, time);
            var result = await engine.QueryAsync(
                new QueryTexts
                {
                    Cube = parsed.GetValue(cube)!,
                    Measures = parsed.GetValue(measure),
                    By = parsed.GetValue(by),
                    Where = parsed.GetValue(where),
                    AsOf = asOf.HasHindsight ? null : FormattableString.Invariant($"{asOf.Date:yyyy-MM-dd}"),
                }.Parse(),
                stop);
            var series = PeriodSeries.Of(result, engine.Model.Cube(parsed.GetValue(cube)!), asOf.Date);
            var periods = parsed.GetValue(season) ?? series.UsualSeason;
            var forecast = Forecast.Of(series.Values, periods, parsed.GetValue(horizon) ?? Math.Max(periods, 1), stop);
            var name = parsed.GetValue(measure)!;
            var words = FormattableString.Invariant(
                $"forecast of {name} of cube {parsed.GetValue(cube)} by {parsed.GetValue(by)}{(parsed.GetValue(where) is { } condition ? $" where {condition}" : "")}, {asOf}; seasons of {periods}; {(forecast.Model is { } model ? $"{model.Form}, chosen by Akaike's criterion" : "no model")}; intervals hold 95 %");
            var writer = CommonOptions.Writer(parsed, format, path);
            var answer = new ForecastAnswer(series, forecast);
            var generation = (int)(result.Generation?.Number ?? 0);
            if (writer.HasCharts)
            {
                await writer.WriteAsync(
                    ForecastCharts.Of(
                        name,
                        new ReportOrigin(asOf.Date, generation, words, result.Definition),
                        [.. series.Names, .. series.NamesAfter(forecast.Expected.Count)],
                        series.Values,
                        forecast with { Notes = [.. series.Notes, .. forecast.Notes] }),
                    stop);
            }
            else
            {
                await writer.WriteAsync(answer.Table(generation, asOf.Date, result.Definition) with { Words = words }, stop, $"Forecast of {name}");
            }

            parsed.Caller().Tell(words, [.. series.Notes, .. forecast.Notes]);
            return ExitCode.Done;
        });
        return command;
    }
}
