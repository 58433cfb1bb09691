using System.Data.Common;

namespace Warehouse.Store;

/// <summary>What became of a table's rows from one generation to a later one.</summary>
/// <param name="Table">The table, with its schema. Of customers and products it is the record of what sources said; versions follow from it.</param>
/// <param name="Inserted">Rows of the later generation that the earlier one had not.</param>
/// <param name="Corrected">Facts of both that say something else in the later one.</param>
/// <param name="Deleted">Rows of the earlier generation that the later one has not.</param>
/// <param name="RowsBefore">Rows in the earlier generation.</param>
/// <param name="RowsAfter">Rows in the later one.</param>
/// <param name="Measure">What is added up of a fact; null for other tables.</param>
/// <param name="TotalBefore">The measure's total in the earlier generation.</param>
/// <param name="TotalAfter">The measure's total in the later one.</param>
public sealed record GenerationChange(
    string Table,
    long Inserted,
    long Corrected,
    long Deleted,
    long RowsBefore,
    long RowsAfter,
    string? Measure,
    decimal? TotalBefore,
    decimal? TotalAfter)
{
    /// <summary>Compares two generations.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="from">The earlier generation.</param>
    /// <param name="to">The later one; it may be the same.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public static async Task<IReadOnlyList<GenerationChange>> BetweenAsync(
        DbConnection connection, int from, int to, CancellationToken cancellationToken) =>
        await connection.RowsAsync(
            SqlFile.Read(typeof(GenerationChange), "Generations/changes.sql"),
            row => new GenerationChange(
                row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5),
                row.TextOrNull(6), row.ValueOrNull<decimal>(7), row.ValueOrNull<decimal>(8)),
            cancellationToken,
            ("from", from),
            ("to", to));
}
