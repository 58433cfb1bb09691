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
        var ends = await connection.RowsAsync(Sql("lorenz"), EqualCustomers.Read, cancellationToken, ("customers", Customers));
        var best = ends.SelectMany(Hundredths).DistinctBy(part => part.Customers).ToList();
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

    /// <summary>The hundredths of the customers, rounded up to whole customers, that end among these.</summary>
    private IEnumerable<(long Customers, decimal Share)> Hundredths(EqualCustomers equal)
    {
        var last = (equal.Above + equal.Customers) * 100 / Customers;
        for (var hundredth = (equal.Above * 100 / Customers) + 1; hundredth <= last; hundredth++)
        {
            var customers = ((hundredth * Customers) + 99) / 100;
            yield return (customers, (equal.ValueAbove + ((customers - equal.Above) * equal.Value)) / Value);
        }
    }

    private static async Task<long> MakingAsync(DbConnection connection, decimal amount, CancellationToken cancellationToken)
    {
        var last = (await connection.RowsAsync(Sql("making"), EqualCustomers.Read, cancellationToken, ("amount", amount)))[0];
        return last.Above + (long)decimal.Ceiling((amount - last.ValueAbove) / last.Value);
    }

    private double Gini()
    {
        var ranked = (double)RankedValue / 10_000 / (double)Value;
        return (Customers + 1 - (2 * ranked)) / Customers;
    }

    private static string Sql(string name) => SqlFile.Read(typeof(ValueSpread), $"ValueTiers/{name}.sql");
}

/// <summary>A row of <c>temp.value_rank</c>: the customers of one value, and what lies above them.</summary>
internal sealed record EqualCustomers(decimal Value, long Customers, long Above, decimal ValueAbove)
{
    public static EqualCustomers Read(DbDataReader row) =>
        new(row.GetDecimal(0), row.GetInt64(1), row.GetInt64(2), row.GetDecimal(3));
}
