using System.Data.Common;

namespace Warehouse.Analysis.Rfm;

/// <summary>A row of <c>rfm_cell.sql</c>: the customers with the same scores, their sums, and the extremes of each measure.</summary>
internal sealed record ScoredCell(
    int Recency, int Frequency, int Monetary, RfmSums Sums, Extremes Days, Extremes Orders, Extremes Values)
{
    public static ScoredCell Read(DbDataReader row) => new(
        row.GetInt32(0),
        row.GetInt32(1),
        row.GetInt32(2),
        new RfmSums(row.GetInt64(3), row.GetDecimal(4), row.GetDecimal(5), row.GetInt64(6), row.GetInt64(7)),
        new Extremes(row.GetInt32(8), row.GetInt32(9)),
        new Extremes(row.GetInt64(10), row.GetInt64(11)),
        new Extremes(row.GetDecimal(12), row.GetDecimal(13)));
}

/// <summary>The least and the most of some values, both inclusive.</summary>
internal sealed record Extremes(decimal Least, decimal Most);
