using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Analysis.ValueTiers;

/// <summary>Compares the tiers of two dates.</summary>
public static class TierComparison
{
    /// <summary>Assigns tiers at both dates by the same rule, and says who moved.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="options">The rule, as of the later date.</param>
    /// <param name="earlier">The earlier date.</param>
    /// <param name="mostLeavers">How many of those who left the best tier are listed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="WrongCommandException">The earlier date is not earlier, or an option makes no sense.</exception>
    public static Task<TierStability> RunAsync(
        DbConnection connection, TierOptions options, AsOf earlier, int mostLeavers, CancellationToken cancellationToken) => BetweenAsync(
            connection, options, earlier, (before, after) => CompareAsync(connection, options, before, after, mostLeavers, cancellationToken), cancellationToken);

    /// <summary>Those who were in one tier at the earlier date, and are in one at the later.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="options">The rule, as of the later date.</param>
    /// <param name="earlier">The earlier date.</param>
    /// <param name="from">The tier of the earlier date; null where they were not in the population.</param>
    /// <param name="to">The tier of the later date; null where they are not in the population.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="WrongCommandException">The earlier date is not earlier, or an option makes no sense.</exception>
    public static Task<TierMovers> MoversAsync(
        DbConnection connection, TierOptions options, AsOf earlier, string? from, string? to, CancellationToken cancellationToken) => BetweenAsync(
            connection,
            options,
            earlier,
            async (_, after) => new TierMovers(after, from, to, await connection.RowsAsync(
                Sql("tier_mover"),
                row => new TierMover(row.GetInt32(0), row.GetString(1), row.GetDecimal(2), row.GetDecimal(3)),
                cancellationToken,
                ("tier_before", NumberOf(options, from)),
                ("tier_after", NumberOf(options, to)))),
            cancellationToken);

    private static int? NumberOf(TierOptions options, string? name) =>
        name is null ? null : 1 + options.Rule.Tiers.Select(tier => tier.Name).ToList().IndexOf(name);

    private static async Task<T> BetweenAsync<T>(
        DbConnection connection, TierOptions options, AsOf earlier, Func<TierResult, TierResult, Task<T>> look, CancellationToken cancellationToken)
    {
        var later = options.Population.AsOf;
        if (earlier.Date >= later.Date)
        {
            throw new WrongCommandException(FormattableString.Invariant(
                $"The date to compare with is earlier than {later.Date:yyyy-MM-dd}: not {earlier.Date:yyyy-MM-dd}."));
        }

        var before = await AssignEarlierAsync(
            connection, options with { Population = options.Population with { AsOf = earlier } }, cancellationToken);
        try
        {
            await using var after = await TierAnalysis.AssignAsync(connection, options, cancellationToken);
            return await look(before, after.Result);
        }
        finally
        {
            await connection.ExecuteAsync("DROP TABLE IF EXISTS temp.customer_tier_before", CancellationToken.None);
        }
    }

    private static async Task<TierResult> AssignEarlierAsync(
        DbConnection connection, TierOptions options, CancellationToken cancellationToken)
    {
        await using var tiers = await TierAnalysis.AssignAsync(connection, options, cancellationToken);
        await connection.ExecuteAsync(Sql("tier_before"), cancellationToken);
        return tiers.Result;
    }

    private static async Task<TierStability> CompareAsync(
        DbConnection connection,
        TierOptions options,
        TierResult before,
        TierResult after,
        int mostLeavers,
        CancellationToken cancellationToken)
    {
        var tiers = options.Rule.Tiers;
        var moves = await connection.RowsAsync(
            Sql("tier_moved"),
            row => new TierMove(Name(row, 0), Name(row, 1), row.GetInt64(2), row.GetDecimal(3), row.GetDecimal(4)),
            cancellationToken);
        var leavers = await connection.RowsAsync(
            Sql("tier_left"),
            row => new TierLeaver(row.GetInt32(0), row.GetString(1), row.GetDecimal(2), row.GetDecimal(3), Name(row, 4)),
            cancellationToken,
            ("most", mostLeavers));
        var fromBest = moves.Where(move => move.From == tiers[0].Name).ToList();
        var left = fromBest.Where(move => move.To != tiers[0].Name).ToList();
        var best = fromBest.Sum(move => move.Customers);
        return new TierStability(
            before,
            after,
            moves,
            best > 0 ? 1 - ((decimal)left.Sum(move => move.Customers) / best) : null,
            left.Sum(move => move.Customers),
            left.Sum(move => move.ValueBefore - move.ValueAfter),
            leavers,
            [.. Notes(options, before, after)]);

        string? Name(DbDataReader row, int ordinal) => row.ValueOrNull<int>(ordinal) is { } tier ? tiers[tier - 1].Name : null;
    }

    private static IEnumerable<string> Notes(TierOptions options, TierResult before, TierResult after)
    {
        if (options.Population.Window.IsOpen)
        {
            yield return "The window has the same beginning at both dates, so that value only adds up: a window of fixed length (12m) shows who spends less.";
        }

        foreach (var result in new[] { before, after }.Where(result => result.Tiers.Count == 0))
        {
            yield return FormattableString.Invariant($"There are no tiers as of {result.AsOf.Date:yyyy-MM-dd} to compare. {string.Join(" ", result.Notes)}");
        }
    }

    private static string Sql(string name) => SqlFile.Read(typeof(TierComparison), $"ValueTiers/{name}.sql");
}
