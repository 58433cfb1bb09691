using Warehouse.DuckDb;
using Warehouse.SampleData.Assortment;
using Warehouse.SampleData.Blocks;
using Warehouse.SampleData.Customers;
using Warehouse.SampleData.People;

namespace Warehouse.SampleData.Tables;

internal readonly record struct CustomerRow(Traits Traits, Person Person, DateOnly? LeftOn) : IParquetRow
{
    private const double WeeksPerYear = 365.25 / 7;

    public void AppendTo(DuckDBAppenderRow row)
    {
        var (rate, p) = (Traits.Rate, Traits.DropoutProbability);
        var isBuyer = Traits.Origin != Origin.Prospect;

        var nextYear = isBuyer && LeftOn is null ? ExpectedOrders(rate, p, WeeksPerYear) : 0;
        row.AppendValue(Traits.Index + 1)
            .AppendValue(Words.Of(Traits.Origin))
            .AppendValue(Traits.IsUndisturbed)
            .AppendValue(Person.RegisteredAt.Date)
            .AppendValue(isBuyer ? LeftOn : null)
            .AppendValue((float)rate)
            .AppendValue((float)p)
            .AppendValue((float)Traits.MeanOrderValue)
            .AppendValue((float)(rate * WeeksPerYear * Traits.MeanOrderValue))
            .AppendValue((float)(nextYear * Traits.MeanOrderValue))
            .AppendValue(Words.Of(Traits.Response))
            .AppendValue(Words.Of(Traits.Shopping))
            .AppendValue(Words.Of(Person.Link))
            .AppendValue(Person.SecondAccount is not null)
            .AppendValue(Person.Household + 1)
            .AppendValue(Subcategory.All[Traits.Favourites.First].Name)
            .AppendValue(Subcategory.All[Traits.Favourites.Second].Name)
            .AppendValue(Subcategory.All[Traits.Favourites.Third].Name)
            .AppendValue(Traits.Habit?.Product.Sku)
            .AppendValue(Traits.Habit?.LastsDays)
            .AppendValue((float)Traits.DiscountShare)
            .AppendValue((float)Traits.ReturnRate);
    }

    /// <summary>Orders come at rate λ while the customer stays, and one in 1/p ends it: E[X(t)] = (1 − exp(−λpt))/p.</summary>
    private static double ExpectedOrders(double rate, double p, double weeks)
    {
        var exponent = rate * p * weeks;
        return exponent < 1e-6 ? rate * weeks : (1 - Math.Exp(-exponent)) / p;
    }
}
