using System.CommandLine;
using System.Globalization;
using Warehouse.Analysis.Rfm;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse rfm</c>: the segments by recency, frequency and monetary value, or every customer's scores.</summary>
internal static class RfmCommand
{
    private static readonly AnswerColumn[] CustomerColumns =
    [
        new("customer_key", "INTEGER"),
        new("customer_id", "VARCHAR"),
        new("recency_days", "INTEGER", null, ColumnFormat.Count),
        new("frequency", "BIGINT", null, ColumnFormat.Count),
        new("monetary", "DECIMAL(38,4)", null, ColumnFormat.Money),
        new("recency_score", "INTEGER", "R"),
        new("frequency_score", "INTEGER", "F"),
        new("monetary_score", "INTEGER", "M"),
        new("combined_score", "DECIMAL(38,4)", "score", ColumnFormat.Number),
        new("segment", "VARCHAR"),
        new("next_recency_days", "INTEGER", "R+ days", ColumnFormat.Count),
        new("next_frequency_orders", "BIGINT", "F+ orders", ColumnFormat.Count),
        new("next_monetary_value", "DECIMAL(38,4)", "M+ value", ColumnFormat.Money),
    ];

    public static Command Create(TimeProvider time)
    {
        var customers = new CustomerListArguments(
            "Give every customer's scores, and what the next ones take, instead of the segments.",
            "Give the customers of this segment, or with these scores of recency and frequency (5-3), or of monetary value too (5-3-4).");
        var scoring = new RfmArguments();
        var population = new PopulationArguments();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("rfm", "Score customers by recency, frequency and monetary value; equal values score equally.")
        {
            workspace, format, path,
        };
        customers.AddTo(command);
        scoring.AddTo(command);
        population.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var options = scoring.Read(parsed, await population.ReadAsync(parsed, connection, database.Workspace, time, stop), database.Workspace);
            var writer = CommonOptions.Writer(parsed, format, path);
            await using var scores = await RfmAnalysis.ScoreAsync(connection, options, stop);
            var notes = scores.Result.Notes.ToList();
            if (customers.AreAsked(parsed))
            {
                var all = await CustomersAsync(scores, GroupOf(customers, parsed, scores.Result), stop);
                await writer.WriteAsync(customers.Cut(parsed, all, 4, notes), stop, "RFM scores");
            }
            else if (writer.HasCharts)
            {
                await writer.WriteAsync(RfmCharts.Of(scores.Result), stop);
            }
            else
            {
                await writer.WriteAsync(scores.Result, RfmAnswer.Of(scores.Result), stop, "RFM segments");
            }

            parsed.Caller().Tell(scores.Result.Words, notes);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The map of segments: a file that was named, the workspace's own, or null for the customary one.</summary>
    public static SegmentMap? MapOf(Workspace workspace, string? file)
    {
        const string OwnMap = "rfm.yaml";
        return file is not null ? SegmentMap.Load(file)
            : File.Exists(workspace.PathOf(OwnMap)) ? SegmentMap.Load(workspace.PathOf(OwnMap), OwnMap)
            : null;
    }

    private static Func<RfmCustomer, bool> GroupOf(CustomerListArguments customers, ParseResult parsed, RfmResult result)
    {
        if (customers.Group(parsed) is not { } group)
        {
            return _ => true;
        }

        var parts = group.Split('-');
        if (parts.Length is 2 or 3 && parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            int[] scores = [.. parts.Select(part => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture))];
            return customer => customer.RecencyScore == scores[0] && customer.FrequencyScore == scores[1] && (scores.Length == 2 || customer.MonetaryScore == scores[2]);
        }

        customers.Group(parsed, [.. result.Segments.Select(segment => segment.Name)], "segment");
        return customer => customer.Segment == group;
    }

    private static async Task<Answer> CustomersAsync(RfmScores scores, Func<RfmCustomer, bool> isWanted, CancellationToken stop)
    {
        var rows = new List<object?[]>();
        await foreach (var customer in scores.CustomersAsync(stop).Where(isWanted))
        {
            rows.Add(
            [
                customer.CustomerKey, customer.CustomerId, customer.RecencyDays, customer.Frequency, customer.Monetary,
                customer.RecencyScore, customer.FrequencyScore, customer.MonetaryScore, customer.CombinedScore, customer.Segment,
                (int?)customer.NextRecency?.Threshold, (long?)customer.NextFrequency?.Shortfall, customer.NextMonetary?.Shortfall,
            ]);
        }

        return new Answer(scores.Result.Generation, scores.Result.AsOf.Date, scores.Result.Definition, CustomerColumns, rows) { Words = scores.Result.Words };
    }
}
