using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.Summaries;
using Warehouse.Store;
using Warehouse.Testing;

namespace Warehouse.Models.Tests.Lifetime.Summaries;

public sealed class SummaryFileTests : IDisposable
{
    private readonly FreshFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(LifetimeModelKind.BgNbd, -9582.43)]
    [InlineData(LifetimeModelKind.ParetoNbd, -9594.976)]
    [InlineData(LifetimeModelKind.MbgNbd, -9582.13)]
    public async Task CdnowSummary_HasThePublishedLikelihood(LifetimeModelKind kind, double published)
    {
        const string Name = "cdnow/cdnow_sample_summary.csv";
        Skip.If(SharedData.Find(Name) is null, SharedData.Missing(Name));

        var (fit, leftOut) = await FitAsync(SharedData.Find(Name)!, kind);

        Assert.Equal(published, fit.LogLikelihood!.Value, tolerance: .01);
        Assert.True(fit.Converged);
        Assert.Equal((2357, 0), (fit.Customers, leftOut));
    }

    [Theory]
    [InlineData("Frequency;RECENCY;age;Count\n1;2;3;2\n0;0;3;4\n2;1.5;3;1\n")]
    [InlineData("id,x,t_x,T\n1,1,2,3\n2,1,2,3\n3,0,0,3\n4,0,0,3\n5,0,0,3\n6,0,0,3\n7,2,1.5,3\n")]
    [InlineData("freq\ttx\tT\tweights\n0\t0\t3\t4\n2\t1.5\t3\t1\n1\t2\t3\t2\n")]
    public async Task CustomaryHeaders_AreFound_WhateverTheDelimiterCaseAndOrder(string text)
    {
        var (fit, _) = await FitAsync(_folder.Write("summary.csv", text), LifetimeModelKind.BgNbd);

        Assert.Equal((7, 3), (fit.Customers, fit.Cells));
    }

    [Theory]
    [InlineData("\"\",\"x\",\"t.x\",\"n.cal\",\"custs\"\n")]
    [InlineData(",frequency,recency,n_periods,weights\n")]
    [InlineData("id,frequency_cal,recency_cal,n_periods_cal,num_custs\n")]
    public async Task Donations_OfTheSpellingsOfBtydAndLifetimes_HaveThePublishedLikelihood(string header)
    {
        var rows = Donations.Cells.Select((cell, row) => FormattableString.Invariant($"{row},{cell.History.Frequency},{cell.History.Recency},6,{cell.Supporters}\n"));

        var (fit, _) = await FitAsync(_folder.Write("summary.csv", header + string.Concat(rows)), LifetimeModelKind.BgBb);

        Assert.Equal(-33225.58, fit.LogLikelihood!.Value, tolerance: .01);
        Assert.Equal(11104, fit.Customers);
    }

    [Theory]
    [InlineData(LifetimeModelKind.BgNbd)]
    [InlineData(LifetimeModelKind.MbgNbd)]
    [InlineData(LifetimeModelKind.ParetoNbd)]
    public async Task CustomersOfTheLastDay_ChangeNothing_AndAreCountedAsLeftOut(LifetimeModelKind kind)
    {
        const string Rows = "x,t_x,T\n1,2,3\n0,0,3\n2,1.5,4\n5,3,4\n0,0,1\n1,.5,4\n";

        var (without, none) = await FitAsync(_folder.Write("without.csv", Rows), kind);
        var (with, some) = await FitAsync(_folder.Write("with.csv", Rows + "0,0,0\n0,0,0\n"), kind);

        Assert.Equal((0L, 2L), (none, some));
        Assert.Equal(without.LogLikelihood, with.LogLikelihood);
        Assert.Equal(without.Parameters, with.Parameters);
    }

    [Fact]
    public async Task NamedColumns_AreTaken()
    {
        var path = _folder.Write("summary.csv", "orders,last,T,age\n1,2,3,9\n0,0,3,9\n2,1,3,9\n");

        var (fit, _) = await FitAsync(path, LifetimeModelKind.BgNbd, SummaryColumns.Parse("x=orders, t_x=last, T=t"));

        Assert.Equal(3, fit.Cells);
    }

    [Fact]
    public async Task Parquet_IsReadByItsContent()
    {
        var path = Path.Combine(_folder.Path, "summary.table");
        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await connection.ExecuteAsync(
            $"COPY (SELECT unnest([0, 1, 2]) AS x, unnest([0, 2, 1.5]) AS t_x, 3 AS \"T\") TO '{path}' (FORMAT parquet)", CancellationToken.None);

        var (fit, _) = await FitAsync(path, LifetimeModelKind.BgNbd);

        Assert.Equal(3, fit.Customers);
    }

    [Fact]
    public async Task GammaGamma_LeavesCustomersWithoutRepeatPurchaseOut()
    {
        var path = _folder.Write("spend.csv", "x,monetary_value,customers\n2,30,5\n0,,100\n0,0,7\n1,20,4\n3,55.5,2\n1,12,9\n");

        var (fit, leftOut) = await FitAsync(path, LifetimeModelKind.GammaGamma);

        Assert.Equal((20, 107), (fit.Customers, leftOut));
    }

    [Fact]
    public async Task GammaGamma_FaultNamesTheRowOfTheFile()
    {
        var path = _folder.Write("spend.csv", "x,monetary_value\n0,0\n2,30\n0,0\n1,-4\n");

        var fault = await Assert.ThrowsAnyAsync<UserFaultException>(() => FitAsync(path, LifetimeModelKind.GammaGamma));

        Assert.Contains("Row 4: found x = 1, mean spend = -4", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("x,t_x\n1,2\n", "no column of T")]
    [InlineData("x,t_x,T\n-2,1,4\n", "Row 1: found x = -2")]
    [InlineData("x,t_x,T\n0,0,4\n2,5,4\n", "Row 2: found x = 2, t_x = 5, T = 4")]
    [InlineData("x,t_x,T\n1,much,4\n", "Row 1: found \"much\" in column \"t_x\"")]
    [InlineData("x,t_x,T\n1,,4\n", "found nothing in column \"t_x\"")]
    [InlineData("x,t_x,T\nNaN,1,4\n", "finite")]
    [InlineData("x,t_x,T,count\n1,1,4,-1\n", "found -1 customers")]
    [InlineData("x,t_x,T,age\n1,1,4,5\n", "several columns that could be T")]
    [InlineData("PAR1 but no table", "cannot be read as a table")]
    public async Task WhatCannotBe_IsSaidWithItsPlace(string text, string expected)
    {
        var fault = await Assert.ThrowsAnyAsync<UserFaultException>(
            () => FitAsync(_folder.Write("summary.csv", text), LifetimeModelKind.BgNbd));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x,t_x,T\n", "There are no customers.")]
    [InlineData("x,t_x,T\n2,3,4\n", "There is one customer")]
    [InlineData("x,t_x,T\n2,3,4\n2,3,4\n", "the same x, t_x and T")]
    [InlineData("x,t_x,T\n0,0,4\n0,0,5\n", "No customer has a repeat purchase")]
    public async Task TooLittle_IsAnOutcomeInWords(string text, string expected)
    {
        var (fit, _) = await FitAsync(_folder.Write("summary.csv", text), LifetimeModelKind.ParetoNbd);

        Assert.Equal("too-little-data", fit.Outcome.Code);
        Assert.Contains(expected, fit.Outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownThing_IsToldWithNearOnes()
    {
        var fault = Assert.Throws<WrongCommandException>(() => SummaryColumns.Parse("t_y=last"));

        Assert.Contains("t_x", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<(LifetimeFit Fit, long LeftOut)> FitAsync(string path, LifetimeModelKind kind, SummaryColumns? columns = null) =>
        (await SummaryFile.ReadAsync(path, kind, columns ?? SummaryColumns.Customary, CancellationToken.None)).Fit(kind);
}
