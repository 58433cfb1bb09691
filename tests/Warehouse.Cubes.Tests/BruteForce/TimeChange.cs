namespace Warehouse.Cubes.Tests.BruteForce;

/// <summary>A change of a stretch of whole months.</summary>
internal sealed record TimeChange(string Name, Func<(DateOnly From, DateOnly To), (DateOnly From, DateOnly To)> Apply)
{
    public static TimeChange None { get; } = new("none", stretch => stretch);

    public static TimeChange Year { get; } = new("year", stretch => (new DateOnly(stretch.To.AddDays(-1).Year, 1, 1), stretch.To));

    public static TimeChange Cumulative { get; } = new("cumulative", stretch => (DateOnly.MinValue.AddDays(1), stretch.To));

    public bool IsNone => ReferenceEquals(this, None);

    public static TimeChange Months(int count) => new($"months {count}", stretch => (stretch.From.AddMonths(count), stretch.To.AddMonths(count)));

    public static TimeChange Rolling(int months) => new($"rolling {months}", stretch => (stretch.To.AddMonths(-months), stretch.To));

    public TimeChange Then(TimeChange next) => new($"{Name}, {next.Name}", stretch => next.Apply(Apply(stretch)));
}
