using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Learners;

namespace Warehouse.Models.Tests.Churn;

/// <summary>Rows whose log-odds of churn are known: .8 a - 1.2 b + 1.5 where c is « yes » + .6 where d is missing - .5.</summary>
internal static class SyntheticTable
{
    public const double A = 0.8;
    public const double B = -1.2;
    public const double Yes = 1.5;
    public const double Missing = 0.6;
    public const double Intercept = -0.5;

    public static Examples Draw(int rows, int seed)
    {
        var random = new Random(seed);
        FeatureColumn[] columns = [new("a"), new("b"), new("c", ["no", "yes"]), new("d"), new("noise"), new("constant")];
        var values = new float[rows * columns.Length];
        var churned = new bool[rows];
        for (var row = 0; row < rows; row++)
        {
            var (a, b) = ((float)Normal(random), (float)Normal(random));
            var yes = random.NextDouble() < 0.4;
            var isMissing = random.NextDouble() < 0.25;
            float[] drawn = [a, b, yes ? 1 : 0, isMissing ? float.NaN : (float)Normal(random), (float)Normal(random), 7];
            drawn.CopyTo(values, row * columns.Length);
            churned[row] = random.NextDouble() < Odds.Probability(Margin(drawn));
        }

        return new Examples(new FeatureTable(columns, rows, values), churned, [.. Enumerable.Range(0, rows)]);
    }

    public static double Margin(ReadOnlySpan<float> row) =>
        Intercept + (A * row[0]) + (B * row[1]) + (Yes * row[2]) + (float.IsNaN(row[3]) ? Missing : 0);

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
