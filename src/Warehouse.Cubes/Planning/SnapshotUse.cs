using System.Data.Common;
using System.Globalization;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>Snapshots that an answer reads: where there are none it says so, instead of leaving blanks that nobody can tell from data.</summary>
/// <param name="Role">The role whose members they hold.</param>
/// <param name="Set">Of which set; null where there are no sets.</param>
/// <param name="Until">The last day that they may be of; null for any.</param>
/// <param name="First">Asks for the day of the first of them.</param>
internal sealed record SnapshotUse(DimensionRole Role, string? Set, DateOnly? Until, SqlSelect First)
{
    /// <summary>What tells it from other uses.</summary>
    public string Member => $"{Role.Key} {Set}";

    /// <summary>Why an answer has no value of these members; null where it has one, or where nothing is wrong.</summary>
    public async Task<string?> NoteAsync(CubeResult result, DbConnection connection, Func<string, string> quote, CancellationToken cancellationToken)
    {
        var name = Set is null ? Role.Name : $"{Role.Name}.{Set}";
        var shown = Enumerable.Range(0, result.Columns.Count)
            .Where(place => result.Columns[place].IsMember && result.Columns[place].Name.StartsWith(Set is null ? $"{name}." : name, StringComparison.Ordinal))
            .ToArray();
        if (result.Rows.Any(row => shown.Any(place => row.Values[place] is not null)))
        {
            return null;
        }

        await using var command = SqlWriter.Statement(First, quote).Command(connection);
        var first = await command.ExecuteScalarAsync(cancellationToken);
        var snapshots = Role.Dimension.Snapshots!;
        var made = snapshots.MadeBy is { } maker ? $": '{maker}' makes one" : "";
        return first switch
        {
            null or DBNull => $"There is no snapshot{(Until is { } day ? string.Create(CultureInfo.InvariantCulture, $" up to {day:yyyy-MM-dd}") : "")} for {name} in {snapshots.List}, so it has no value{made}.",
            DateOnly day when Role.IsThen && shown.Length > 0 && result.Rows.Count > 0 => string.Create(CultureInfo.InvariantCulture, $"The first snapshot for {name} is of {day:yyyy-MM-dd}, and facts before that day have no value{made}."),
            _ => null,
        };
    }
}
