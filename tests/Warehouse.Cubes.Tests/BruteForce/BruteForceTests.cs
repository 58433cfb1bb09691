using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Warehouse.Cubes.Results;

namespace Warehouse.Cubes.Tests.BruteForce;

public class BruteForceTests
{
    private const int QueriesPerShop = 12;

    private static readonly int Shops = Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") is "1" ? 1_000 : 40;

    [Fact]
    public void RandomQueries_OverRandomData_AnswerWhatTheLongWayGives() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => Compare(seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Shops).WithReplay(20_110_610, 7));

    private static async Task Compare(int seed)
    {
        var random = new Random(seed);
        var shop = new RandomShop(random);
        await using var test = await CubeTest.Create(shop.Sql, RandomShop.Model);
        for (var index = 0; index < QueriesPerShop; index++)
        {
            var query = new OracleQuery(shop, random);
            var expected = query.Rows().Order(StringComparer.Ordinal).ToArray();
            var parsed = query.Texts.Parse();
            var explanation = await test.Engine.ExplainAsync(parsed);
            CubeResult result;
            try
            {
                result = await test.Engine.QueryAsync(parsed);
            }
            catch (DuckDb.DuckDBException fault)
            {
                throw new InvalidOperationException($"{query}\n{fault.Message}\n{explanation.Sql}", fault);
            }

            var actual = result.Rows.Select(row => Line(row, result)).Order(StringComparer.Ordinal).ToArray();
            if (!expected.SequenceEqual(actual))
            {
                Assert.Fail($"{query}\nonly by the long way:\n  {string.Join("\n  ", expected.Except(actual))}\nonly in the answer:\n  {string.Join("\n  ", actual.Except(expected))}\n{explanation.Sql}");
            }
        }
    }

    private static string Line(CubeRow row, CubeResult result) => string.Join(" | ", row.Values.Select((value, index) =>
        result.Columns[index].IsMember
            ? (row.Total & (1 << index)) != 0 ? "*" : value switch { null => "null", DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), _ => Convert.ToString(value, CultureInfo.InvariantCulture)! }
            : OracleQuery.Show(value is null ? null : Convert.ToDecimal(value is System.Numerics.BigInteger big ? (decimal)big : value is Int128 wide ? (decimal)wide : value, CultureInfo.InvariantCulture))));
}
