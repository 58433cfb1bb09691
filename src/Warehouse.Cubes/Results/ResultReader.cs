using System.Data.Common;
using Warehouse.Cubes.Planning;

namespace Warehouse.Cubes.Results;

/// <summary>Reads the rows of a plan's statement.</summary>
internal static class ResultReader
{
    public static async Task<CubeResult> ReadAsync(
        DbDataReader reader, QueryPlan plan, CubeResult result, CancellationToken cancellationToken)
    {
        CubeColumn[] columns = [.. plan.Columns.Select((column, index) => column with { Type = reader.GetFieldType(index) })];
        var rows = new List<CubeRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var values = new object?[columns.Length];
            for (var index = 0; index < values.Length; index++)
            {
                values[index] = reader.IsDBNull(index) ? null : reader.GetValue(index);
            }

            rows.Add(new CubeRow(values, Convert.ToInt32(reader.GetValue(columns.Length), System.Globalization.CultureInfo.InvariantCulture)));
        }

        return result with { Columns = columns, Rows = rows };
    }
}
