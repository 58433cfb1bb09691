using Warehouse.Cubes.Query;

namespace Warehouse.Cubes.Tests.Queries;

public class ChoiceTests
{
    [Fact]
    public async Task SomeFactsAndTheRest_AreMeasuredByEveryAggregate()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts
            {
                Cube = "sales",
                Measures = "lines, only(lines, kitchen) as k, except(lines, kitchen) as r, only(customers, product.name = 'mug') as mug_customers, only(average_order, kitchen) as k_order, only(middle, kitchen) as k_middle",
                By = "date.quarter",
                Totals = "grand",
            },
            "null | 1 | 0 | 1 | 0 | null | null",
            "2011-01-01 | 5 | 4 | 1 | 2 | 15 | 5",
            "* | 6 | 4 | 2 | 2 | 15 | 5");
    }

    [Fact]
    public async Task SomeFacts_OverAnotherStretchOfTime_AndOfAnotherCube()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts
            {
                Cube = "sales",
                Measures = "prior(only(net_sales, kitchen), month) as before, only(cumulative(customers), customer.city = 'Oslo') as ever, only(contacts.contacts, customer.city = 'Oslo') as contacts",
                By = "date.month",
                Where = "date.year = 2011",
            },
            "2011-01-01 | null | 1 | 2",
            "2011-02-01 | 30 | 1 | 0",
            "2011-03-01 | 20 | 1 | 0",
            "2011-04-01 | -5 | 1 | 0",
            "2011-05-01 | null | 1 | 0", "2011-06-01 | null | 1 | 0", "2011-07-01 | null | 1 | 0", "2011-08-01 | null | 1 | 0",
            "2011-09-01 | null | 1 | 0", "2011-10-01 | null | 1 | 0", "2011-11-01 | null | 1 | 0", "2011-12-01 | null | 1 | 0");
    }

    [Theory]
    [InlineData("only(lines, product.nmae = 'mug') as x", "Did you mean \"name\"?")]
    [InlineData("only(lines) as x", "only takes 2 arguments")]
    [InlineData("only(contacts.contacts, product.name = 'mug') as x", "does not share the dimension \"product\"")]
    [InlineData("only(lines, lines > 5) as x", "There is no filter \"lines\"")]
    public async Task WrongChoice_IsFault(string measures, string message)
    {
        await using var shop = await Shop.Create();

        var fault = await Assert.ThrowsAsync<Definitions.WrongCommandException>(() => shop.Ask(new QueryTexts { Cube = "sales", Measures = measures }));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
