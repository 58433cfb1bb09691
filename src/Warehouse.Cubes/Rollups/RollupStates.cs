using System.Data.Common;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Rollups;

/// <summary>What each rollup was built of, as the transaction at hand sees it.</summary>
internal sealed class RollupStates
{
    private readonly Dictionary<Rollup, string?> _refusals = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Rollup> _comparable = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether a rollup was built by the definition at hand, and what its partitions were built of is known.</summary>
    public bool IsComparable(Rollup rollup) => _comparable.Contains(rollup);

    /// <summary>Why a rollup does not hold the generation at hand; null where it does.</summary>
    public string? Refusal(Rollup rollup) => _refusals[rollup];

    /// <summary>
    /// Whether rollups that a plan reads still hold the generation at hand. They were there when it was planned, so it is not asked
    /// whether they are, which would take longer than the answer.
    /// </summary>
    /// <exception cref="DbException">One of them is gone.</exception>
    public static async Task<bool> AreHeldAsync(
        IEnumerable<Rollup> rollups, GenerationStamp generation, string definition, DbConnection connection, Func<string, string> quote, CancellationToken cancellationToken)
    {
        foreach (var rollup in rollups)
        {
            if (Refusal(await BuiltOfAsync(rollup, connection, quote, cancellationToken), generation, definition) is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads the states of some rollups.</summary>
    public static async Task<RollupStates> ReadAsync(
        IEnumerable<Rollup> rollups, GenerationStamp generation, string definition, DbConnection connection, Func<string, string> quote, CancellationToken cancellationToken)
    {
        var states = new RollupStates();
        foreach (var rollup in rollups)
        {
            var built = await IsThereAsync(RollupTables.Built(rollup), connection, cancellationToken)
                ? await BuiltOfAsync(rollup, connection, quote, cancellationToken)
                : null;
            states._refusals[rollup] = Refusal(built, generation, definition);
            if (built?.Definition == definition && await IsThereAsync(RollupTables.Parts(rollup), connection, cancellationToken))
            {
                states._comparable.Add(rollup);
            }
        }

        return states;
    }

    private static string? Refusal((long Generation, string Definition)? of, GenerationStamp generation, string definition) =>
        of is not { } built ? "it is not built"
        : built.Generation != generation.Number ? FormattableString.Invariant($"it was built of generation {built.Generation}, and this is {generation.Number}")
        : !string.Equals(built.Definition, definition, StringComparison.Ordinal) ? "it was built by another definition"
        : null;

    /// <summary>What a rollup that is there was built of.</summary>
    private static async Task<(long Generation, string Definition)?> BuiltOfAsync(
        Rollup rollup, DbConnection connection, Func<string, string> quote, CancellationToken cancellationToken)
    {
        var select = new SqlSelect
        {
            Items = [(new SqlColumn("b", RollupTables.Generation), null), (new SqlColumn("b", RollupTables.Definition), null)],
            From = new SqlTable(RollupTables.Built(rollup)),
            Alias = "b",
        };
        await using var command = SqlWriter.Statement(select, quote).Command(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetInt64(0), reader.GetString(1)) : null;
    }

    /// <summary>Whether a table is there, asked without a fault that would end the transaction.</summary>
    private static async Task<bool> IsThereAsync(TableName table, DbConnection connection, CancellationToken cancellationToken)
    {
        var parts = table.Parts;
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM information_schema.tables WHERE lower(table_name) = lower($1) AND ($2 = '' OR lower(table_schema) = lower($2))";
        foreach (var value in new[] { parts[^1], parts.Length > 1 ? parts[^2] : "" })
        {
            var parameter = command.CreateParameter();
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), System.Globalization.CultureInfo.InvariantCulture) > 0;
    }
}
