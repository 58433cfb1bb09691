namespace Warehouse.Cubes.Tests.BruteForce;

/// <summary>A change of a stretch of time: whole months move as such, any other by its first and its last day.</summary>
internal sealed record TimeChange(string Name, Func<(DateOnly From, DateOnly To), (DateOnly From, DateOnly To)> Apply)
{
    public static TimeChange None { get; } = new("none", stretch => stretch);

    public static TimeChange Year { get; } = new("year", stretch => (new DateOnly(stretch.To.AddDays(-1).Year, 1, 1), stretch.To));

    public static TimeChange Cumulative { get; } = new("cumulative", stretch => (DateOnly.MinValue.AddDays(1), stretch.To));

    public bool IsNone => ReferenceEquals(this, None);

    public static TimeChange Months(int count) => new($"months {count}", stretch => stretch is ({ Day: 1 }, { Day: 1 })
        ? (stretch.From.AddMonths(count), stretch.To.AddMonths(count))
        : (stretch.From.AddMonths(count), stretch.To.AddDays(-1).AddMonths(count).AddDays(1)));

    public static TimeChange Rolling(int months) => new($"rolling {months}", stretch => (stretch.To.AddMonths(-months), stretch.To));

    public TimeChange Then(TimeChange next) => new($"{Name}, {next.Name}", stretch => next.Apply(Apply(stretch)));
}
