using System.Globalization;
using Warehouse.Charts;

namespace Warehouse.Pages.Customers;

/// <summary>What is drawn of one customer.</summary>
internal static class CustomerCharts
{
    /// <summary>What he bought by month, from the first to the month of the date; months without an order are there too.</summary>
    public static BarChart Value(ShownCustomer customer, string title, string month, string amount)
    {
        var byMonth = customer.Months.ToDictionary(each => each.Month, each => each.Amount);
        var last = new DateOnly(customer.AsOf.Year, customer.AsOf.Month, 1);
        var months = customer.Months.Count == 0
            ? []
            : Enumerable.Range(0, 1 + Distance(customer.Months[0].Month, last)).Select(customer.Months[0].Month.AddMonths).ToList();
        return new BarChart(
            title,
            month,
            new Axis(amount, ValueFormat.Money),
            [.. months.Select(each => each.ToString("yyyy-MM", CultureInfo.InvariantCulture))],
            [new BarSeries(amount, [.. months.Select(each => (double?)byMonth.GetValueOrDefault(each))])]);
    }

    /// <summary>His scores of recency, frequency and monetary value on the stored dates.</summary>
    public static LineChart Scores(ShownCustomer customer, string title, (string Recency, string Frequency, string Monetary) names) => Over(
        customer,
        title,
        new Axis(title, ValueFormat.Count),
        (names.Recency, scores => scores.Recency),
        (names.Frequency, scores => scores.Frequency),
        (names.Monetary, scores => scores.Monetary));

    /// <summary>The probability that he leaves, on the stored dates.</summary>
    public static LineChart Churn(ShownCustomer customer, string title) =>
        Over(customer, title, new Axis(title, ValueFormat.Share), (title, scores => scores.ChurnProbability));

    private static LineChart Over(ShownCustomer customer, string title, Axis axis, params (string Name, Func<ShownScores, double?> Of)[] lines)
    {
        var dates = customer.Scores.Reverse().ToList();
        return new LineChart(
            title,
            new Axis(""),
            axis,
            [.. lines.Select(line => new ChartLine(line.Name, [.. dates.Select((scores, place) => new ChartPoint(place, line.Of(scores)))]))])
        {
            Categories = [.. dates.Select(scores => scores.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))],
        };
    }

    private static int Distance(DateOnly from, DateOnly to) => Math.Max(0, (12 * (to.Year - from.Year)) + to.Month - from.Month);
}
