using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BetaGeometric;
using Warehouse.Models.Lifetime.GammaGamma;

namespace Warehouse.Models.Tests.Lifetime.Fits;

/// <summary>The same customers give the same bits: in any order, counted or listed, on any number of cores.</summary>
public sealed class DeterminismTests
{
    public static TheoryData<LifetimeModelKind> PurchaseModels =>
        new(LifetimeModelKind.BgNbd, LifetimeModelKind.MbgNbd, LifetimeModelKind.ParetoNbd);

    private static PurchaseHistory[] Customers(int count) =>
        new Simulated(seed: 3).Customers(new BgNbdModel(0.6, 8, 0.8, 2.5), count, 5, 80, after: 0).Histories;

    [Theory]
    [MemberData(nameof(PurchaseModels))]
    public void Fit_OnAnyNumberOfCores_GivesTheSameBits(LifetimeModelKind kind)
    {
        var statistics = SufficientStatistics.Of(Customers(9000));
        Assert.True(statistics.Cells > 4096, "One chunk only: nothing is added in parallel.");

        var one = PurchaseModel.Fit(kind, statistics, new ParallelOptions { MaxDegreeOfParallelism = 1 });
        foreach (var cores in new[] { 2, 5 })
        {
            AssertSameBits(one, PurchaseModel.Fit(kind, statistics, new ParallelOptions { MaxDegreeOfParallelism = cores }));
        }
    }

    [Theory]
    [MemberData(nameof(PurchaseModels))]
    public void Fit_OfRowsInAnyOrder_GivesTheSameBits(LifetimeModelKind kind)
    {
        var customers = Customers(3000);
        var shuffled = (PurchaseHistory[])customers.Clone();
        new Random(8).Shuffle(shuffled);

        AssertSameBits(
            PurchaseModel.Fit(kind, SufficientStatistics.Of(customers)), PurchaseModel.Fit(kind, SufficientStatistics.Of(shuffled)));
    }

    [Theory]
    [MemberData(nameof(PurchaseModels))]
    public void Fit_OfCountedCells_GivesTheSameBitsAsOfListedCustomers(LifetimeModelKind kind)
    {
        // Times in whole months, so that many customers are equal.
        var customers = Customers(5000)
            .Select(customer => new PurchaseHistory(
                customer.Frequency, customer.Frequency > 0 ? Math.Ceiling(customer.Recency / 4) : 0, Math.Ceiling(customer.Age / 4)))
            .ToArray();
        var cells = customers.GroupBy(customer => customer).ToArray();
        Assert.True(cells.Length < customers.Length / 2);

        var counted = SufficientStatistics.Of(
            [.. cells.Select(cell => (double)cell.Key.Frequency)],
            [.. cells.Select(cell => cell.Key.Recency)],
            [.. cells.Select(cell => cell.Key.Age)],
            [.. cells.Select(cell => (long)cell.Count())]);

        Assert.Equal(5000, counted.Customers);
        Assert.Equal(cells.Length, counted.Cells);
        AssertSameBits(PurchaseModel.Fit(kind, SufficientStatistics.Of(customers)), PurchaseModel.Fit(kind, counted));
    }

    [Theory]
    [MemberData(nameof(PurchaseModels))]
    public void Fit_InAnotherUnitOfTime_ChangesOnlyTheTimesAmongTheParameters(LifetimeModelKind kind)
    {
        const double DaysPerWeek = 7;
        var customers = Customers(4000);
        var inWeeks = PurchaseModel.Fit(kind, SufficientStatistics.Of(customers));
        var inDays = PurchaseModel.Fit(
            kind,
            SufficientStatistics.Of(
                [.. customers.Select(customer => new PurchaseHistory(customer.Frequency, customer.Recency * DaysPerWeek, customer.Age * DaysPerWeek))]));

        Assert.True(inWeeks.Converged);
        Assert.True(inDays.Converged);
        foreach (var (name, value) in inWeeks.Parameters)
        {
            Near.Relative(name is "alpha" or "beta" ? value * DaysPerWeek : value, inDays.Parameters[name], 1e-6);
        }

        var repeats = customers.Sum(customer => (double)customer.Frequency);
        Near.Relative(inWeeks.LogLikelihood!.Value - (repeats * Math.Log(DaysPerWeek)), inDays.LogLikelihood!.Value, 1e-12);
    }

    [Fact]
    public void GammaGammaFit_OfRowsInAnyOrderOnAnyNumberOfCores_GivesTheSameBits()
    {
        var random = new Random(4);
        (double X, double Mean)[] rows =
        [
            .. Enumerable.Range(0, 9000).Select(_ =>
            {
                var (x, own) = (1 + random.Next(6), 20 * Math.Exp(random.NextDouble()));
                return ((double)x, Enumerable.Range(0, x).Average(_ => own * (0.5 + random.NextDouble())));
            }),
        ];
        var listed = GammaGammaModel.Fit(
            SpendStatistics.Of([.. rows.Select(row => row.X)], [.. rows.Select(row => row.Mean)]), new ParallelOptions { MaxDegreeOfParallelism = 1 });
        random.Shuffle(rows);

        AssertSameBits(
            listed,
            GammaGammaModel.Fit(
                SpendStatistics.Of([.. rows.Select(row => row.X)], [.. rows.Select(row => row.Mean)]), new ParallelOptions { MaxDegreeOfParallelism = 4 }));
    }

    /// <summary>So many distinct cells that the search begins on a sample of them.</summary>
    [Fact]
    public void Fit_OfManyCells_EndsWhereTheSearchOnAllOfThemEnds()
    {
        var customers = Customers(80_000);
        var statistics = SufficientStatistics.Of(customers);
        var likelihood = new BetaGeometricLikelihood(statistics, 0, new ParallelOptions());
        Assert.NotNull(likelihood.Sample);

        var fit = BgNbdModel.Fit(statistics);
        var direct = new Warehouse.Models.Lifetime.Numerics.NewtonMaximiser(likelihood, CancellationToken.None).From([1, 5, 1, 1]);

        Assert.True(fit.Converged);
        Near.Relative(direct.Value, fit.LogLikelihood!.Value, 1e-13);
        foreach (var (found, expected) in fit.Parameters.Values.Zip(direct.LogParameters))
        {
            Near.Relative(Math.Exp(expected), found, 1e-5);
        }
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        var cancelled = new ParallelOptions { CancellationToken = new CancellationToken(canceled: true) };

        Assert.ThrowsAny<OperationCanceledException>(() => BgNbdModel.Fit(SufficientStatistics.Of(Customers(100)), cancelled));
    }

    private static void AssertSameBits(LifetimeFit expected, LifetimeFit actual)
    {
        Near.SameBits(expected.LogLikelihood!.Value, actual.LogLikelihood!.Value);
        foreach (var (name, value) in expected.Parameters)
        {
            Near.SameBits(value, actual.Parameters[name]);
            Near.SameBits(expected.StandardErrors[name] ?? -1, actual.StandardErrors[name] ?? -1);
        }

        Assert.Equal(expected.Iterations, actual.Iterations);
    }
}
