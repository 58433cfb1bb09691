using System.Data.Common;
using Warehouse.Cubes.Planning;
using Warehouse.Cubes.Serving;

namespace Warehouse.Cubes.Results;

/// <summary>Reads the rows of a plan's statement.</summary>
internal static class ResultReader
{
    /// <summary>The columns of the answer: the first ones of the statement's.</summary>
    public static CubeColumn[] Columns(DbDataReader reader, QueryPlan plan) =>
        [.. plan.Columns.Select((column, index) => column with { Type = reader.GetFieldType(index) })];

    public static async Task<CubeResult> ReadAsync(
        DbDataReader reader, QueryPlan plan, CubeResult result, int mostRows, CancellationToken cancellationToken)
    {
        var columns = Columns(reader, plan);
        var rows = new List<CubeRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (rows.Count == mostRows)
            {
                throw new QueryRefusedException(FormattableString.Invariant($"The answer has more than {mostRows} rows. Ask for fewer members, or with a limit."), QueryRefusal.TooManyRows);
            }

            var values = new object?[columns.Length];
            for (var index = 0; index < values.Length; index++)
            {
                values[index] = reader.IsDBNull(index) ? null : Plain(reader.GetValue(index));
            }

            var rest = reader.FieldCount > columns.Length + 1 ? Number(reader, columns.Length + 1) : 0;
            for (var index = 0; rest >> index != 0; index++)
            {
                if ((rest & (1 << index)) != 0 && columns[index].Type == typeof(string))
                {
                    values[index] = CubeRow.RestText;
                }
            }

            rows.Add(new CubeRow(values, Number(reader, columns.Length), rest));
        }

        return result with { Columns = columns, Rows = rows };
    }

    /// <summary>Nothing below zero is zero: the engine loses the sign where it sorts by the value, and keeps it elsewhere.</summary>
    private static object Plain(object value) => value is 0d ? 0d : value;

    private static int Number(DbDataReader reader, int column) =>
        Convert.ToInt32(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture);
}
