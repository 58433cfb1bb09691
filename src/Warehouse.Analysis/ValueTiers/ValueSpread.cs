using System.Data.Common;
using System.Numerics;
using Warehouse.Store;

namespace Warehouse.Analysis.ValueTiers;

/// <summary>Measures the spread of value in <c>temp.value_rank</c>.</summary>
/// <param name="Customers">The customers of the population.</param>
/// <param name="Value">Their value.</param>
/// <param name="RankedValue">Σ j x_j with x_1 the greatest, in ten thousandths.</param>
internal sealed record ValueSpread(long Customers, decimal Value, BigInteger RankedValue)
{
    private const decimal Most = .8m;
    private const int BestPercent = 20;

    public static async Task<ValueSpread> MeasureAsync(DbConnection connection, CancellationToken cancellationToken) =>
        (await connection.RowsAsync(
            Sql("spread"),
            row => new ValueSpread(row.GetInt64(0), row.GetDecimal(1), row.GetFieldValue<BigInteger>(2)),
            cancellationToken))[0];

    public async Task<Concentration> ConcentrationAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var best = await connection.RowsAsync(
            Sql("lorenz"),
            row => (Customers: row.GetInt64(0), Share: row.GetDecimal(1) / Value),
            cancellationToken,
            ("customers", Customers));
        var fifth = ((Customers * BestPercent) + 99) / 100;
        var share = best.Find(part => part.Customers == fifth).Share;
        var rest = Customers - fifth;
        var makingMost = await MakingAsync(connection, Most * Value, cancellationToken);
        return new Concentration(
            fifth,
            share,
            makingMost,
            (decimal)makingMost / Customers,
            Gini(),
            share * Customers / fifth,
            rest > 0 && share < 1 ? share * rest / (fifth * (1 - share)) : null,
            [
                .. best.AsEnumerable().Reverse().Select(part => new LorenzPoint(1 - ((decimal)part.Customers / Customers), 1 - part.Share)),
                new LorenzPoint(1, 1),
            ]);
    }

    private static async Task<long> MakingAsync(DbConnection connection, decimal amount, CancellationToken cancellationToken) =>
        (await connection.RowsAsync(
            Sql("making"),
            row => row.GetInt64(1) + (long)decimal.Ceiling((amount - row.GetDecimal(2)) / row.GetDecimal(0)),
            cancellationToken,
            ("amount", amount)))[0];

    private double Gini()
    {
        var ranked = (double)RankedValue / 10_000 / (double)Value;
        return (Customers + 1 - (2 * ranked)) / Customers;
    }

    private static string Sql(string name) => SqlFile.Read(typeof(ValueSpread), $"ValueTiers/{name}.sql");
}
