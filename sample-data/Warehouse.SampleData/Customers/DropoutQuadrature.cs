namespace Warehouse.SampleData.Customers;

/// <summary>
/// Nodes and weights with which Σ wᵢ f(pᵢ) is the mean of a smooth f(p) over p ~ Beta(a, b): Gauss and Legendre's rule in
/// u = p^a, which takes away the pole of the density at 0.
/// </summary>
internal static class DropoutQuadrature
{
    private const int Count = 24;

    public static IReadOnlyList<(double P, double Weight)> Nodes { get; } = Compute(Population.A, Population.B);

    private static (double P, double Weight)[] Compute(double a, double b)
    {
        var nodes = Legendre(Count)
            .Select(node => (P: Math.Pow((1 + node.X) / 2, 1 / a), node.Weight))
            .Select(node => (node.P, Weight: node.Weight * Math.Pow(1 - node.P, b - 1)))
            .ToArray();
        var total = nodes.Sum(node => node.Weight);
        return [.. nodes.Select(node => (node.P, node.Weight / total))];
    }

    /// <summary>The rule on [-1, 1], its nodes by Newton's method from their asymptotic places.</summary>
    private static IEnumerable<(double X, double Weight)> Legendre(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            var x = Math.Cos(Math.PI * (i - 0.25) / (count + 0.5));
            double slope;
            double step;
            do
            {
                var (previous, value) = (0.0, 1.0);
                for (var degree = 1; degree <= count; degree++)
                {
                    (previous, value) = (value, ((((2 * degree) - 1) * x * value) - ((degree - 1) * previous)) / degree);
                }

                slope = count * ((x * value) - previous) / ((x * x) - 1);
                step = value / slope;
                x -= step;
            }
            while (Math.Abs(step) > 1e-15);

            yield return (x, 2 / ((1 - (x * x)) * slope * slope));
        }
    }
}
