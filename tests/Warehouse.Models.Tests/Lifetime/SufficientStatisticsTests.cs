using Warehouse.Definitions;
using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BgBb;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Models.Lifetime.ShiftedBetaGeometric;

namespace Warehouse.Models.Tests.Lifetime;

public sealed class SufficientStatisticsTests
{
    [Fact]
    public void Of_EqualRows_CountsThemOnce()
    {
        var statistics = SufficientStatistics.Of([2, 0, 2, 0, 2], [5, 0, 5, 0, 4], [9, 7, 9, 7, 9], [3, 1, 4, 2, 0]);

        Assert.Equal(2, statistics.Cells);
        Assert.Equal(10, statistics.Customers);
        Assert.Equal([0, 2], statistics.Table.X);
        Assert.Equal([3, 7], statistics.Table.Customers);
        Assert.Equal([3, 7], statistics.Table.CustomersOfRun);
        Assert.Equal([0, 5], statistics.Table.First);
        Assert.Equal([7, 9], statistics.Table.Second);
    }

    [Fact]
    public void Of_Rows_SortsThemByFrequencyThenRecencyThenAge()
    {
        var statistics = SufficientStatistics.Of([1, 0, 1, 1, 3], [2, 0, 2, 1, 1], [9, 4, 8, 9, 2]);

        Assert.Equal([(0, 0, 1), (1, 1, 4), (3, 4, 5)], statistics.Table.Runs(0, 5));
        Assert.Equal([(1, 2, 4), (3, 4, 5)], statistics.Table.Runs(2, 5));
        Assert.Equal([0, 1, 2, 2, 1], statistics.Table.First);
        Assert.Equal([4, 9, 8, 9, 2], statistics.Table.Second);
    }

    [Theory]
    [InlineData(-1, 2, 10, "x, the number of repeat purchases")]
    [InlineData(1.5, 2, 10, "x, the number of repeat purchases")]
    [InlineData(3e9, 2, 10, "x, the number of repeat purchases")]
    [InlineData(1, 11, 10, "t_x, the time from the first to the last purchase")]
    [InlineData(1, -1, 10, "t_x, the time from the first to the last purchase")]
    [InlineData(0, 3, 10, "t_x = 0 where x = 0")]
    [InlineData(2, 0, 10, "t_x above 0 where x is")]
    [InlineData(0, 0, 0, "T, the time since the first purchase")]
    [InlineData(0, 0, -4, "T, the time since the first purchase")]
    [InlineData(double.NaN, 0, 1, "finite numbers")]
    [InlineData(1, double.NaN, 1, "finite numbers")]
    [InlineData(0, 0, double.PositiveInfinity, "finite numbers")]
    public void Of_AHistoryThatCannotBe_NamesTheRowAndWhatIsWrong(double x, double tx, double age, string expected)
    {
        var fault = Assert.Throws<LifetimeDataException>(() => SufficientStatistics.Of([2, x], [5, tx], [9, age]));

        Assert.Equal(2, fault.Row);
        Assert.StartsWith(expected, fault.Expected, StringComparison.Ordinal);
        Assert.StartsWith("Row 2: found x = ", fault.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<UserFaultException>(fault);
    }

    [Fact]
    public void Of_ANegativeNumberOfCustomers_NamesTheRow()
    {
        var fault = Assert.Throws<LifetimeDataException>(() => SufficientStatistics.Of([2, 0], [5, 0], [9, 9], [1, -3]));

        Assert.Equal("Row 2: found -3 customers; expected a number of customers from 0.", fault.Message);
    }

    [Fact]
    public void Of_ColumnsOfDifferentLength_IsABugOfTheCaller()
    {
        Assert.Throws<ArgumentException>(() => SufficientStatistics.Of([2, 0], [5], [9, 9]));
        Assert.Throws<ArgumentException>(() => SpendStatistics.Of([2, 1], [5]));
    }

    [Fact]
    public void PurchaseHistory_ThatCannotBe_IsRefused()
    {
        var fault = Assert.Throws<LifetimeDataException>(() => new PurchaseHistory(0, 1, 2));

        Assert.Null(fault.Row);
        Assert.Equal("x = 0, t_x = 1, T = 2", fault.Found);
    }

    [Theory]
    [InlineData(1, 0.5, 6, "x, t_x and n to be whole numbers")]
    [InlineData(1, 7, 6, "t_x, the last occasion")]
    [InlineData(3, 2, 6, "x, the number of occasions")]
    [InlineData(0, 2, 6, "t_x = 0 where x = 0")]
    [InlineData(0, 0, 0, "n, the number of occasions")]
    public void OccasionsOf_AHistoryThatCannotBe_NamesTheRowAndWhatIsWrong(double x, double tx, double n, string expected)
    {
        var fault = Assert.Throws<LifetimeDataException>(() => OccasionStatistics.Of([1, x], [1, tx], [6, n]));

        Assert.Equal(2, fault.Row);
        Assert.StartsWith(expected, fault.Expected, StringComparison.Ordinal);
        Assert.Throws<LifetimeDataException>(() => new OccasionHistory(3, 2, 6));
    }

    [Theory]
    [InlineData(0, 10, "x, the number of purchases averaged over")]
    [InlineData(1.5, 10, "x, the number of purchases averaged over")]
    [InlineData(2, 0, "the mean spend to be above 0")]
    [InlineData(2, -5, "the mean spend to be above 0")]
    [InlineData(2, double.NaN, "finite numbers")]
    public void SpendOf_AHistoryThatCannotBe_NamesTheRowAndWhatIsWrong(double x, double mean, string expected)
    {
        var fault = Assert.Throws<LifetimeDataException>(() => SpendStatistics.Of([1, x], [9, mean]));

        Assert.Equal(2, fault.Row);
        Assert.StartsWith(expected, fault.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void ContractsOf_WhatCannotBe_NamesTheRow()
    {
        Assert.Equal(2, Assert.Throws<LifetimeDataException>(() => ContractStatistics.Of([1, 0], [true, true])).Row);
        Assert.Equal(3, Assert.Throws<LifetimeDataException>(() => ContractStatistics.OfCohort([100, 80, 90])).Row);
    }

    [Fact]
    public void ContractsOfCohort_CountsWhatEndedAndWhatStillRuns()
    {
        var statistics = ContractStatistics.OfCohort([100, 80, 80, 50]);

        Assert.Equal([(1, true, 20), (3, true, 30), (3, false, 50)], statistics.Counted);
        Assert.Equal(100, statistics.Contracts);
    }
}
