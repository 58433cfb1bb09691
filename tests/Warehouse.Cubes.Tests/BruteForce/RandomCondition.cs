using System.Globalization;

namespace Warehouse.Cubes.Tests.BruteForce;

/// <summary>A condition as text and as what it means: true, false or unknown (null).</summary>
internal sealed record RandomCondition(string Text, Func<Fact, bool?> Holds)
{
    public static RandomCondition All { get; } = new("", _ => true);

    /// <summary>Any condition on members.</summary>
    public static RandomCondition Any(Random random, int depth) => random.Next(depth <= 0 ? 6 : 9) switch
    {
        0 => Kind(RandomShop.Pick(random, ["mug", "pan", "it's"])),
        1 => new("item.colour in ('red', 'green')", fact => fact.Colour is { } colour ? colour is "red" : null),
        2 => new("item.kind is null", fact => fact.Kind is null),
        3 => Count(random.Next(-3, 9)),
        4 => new("customer is unknown", fact => fact.Customer == -1),
        5 => new("item.kind like '%a%'", fact => fact.Kind?.Contains('a', StringComparison.Ordinal)),
        6 => Not(Any(random, depth - 1)),
        7 => And(Any(random, depth - 1), Any(random, depth - 1)),
        _ => Or(Any(random, depth - 1), Any(random, depth - 1)),
    };

    /// <summary>A stretch of whole months.</summary>
    public static (RandomCondition Condition, DateOnly From, DateOnly To) Months(Random random)
    {
        var from = new DateOnly(2011, 1, 1).AddMonths(random.Next(12));
        var to = from.AddMonths(random.Next(1, 9));
        return (Stretch(from, to), from, to);
    }

    public static RandomCondition Stretch(DateOnly from, DateOnly to) => new(
        string.Create(CultureInfo.InvariantCulture, $"date.month between {from:yyyy-MM} and {to.AddDays(-1):yyyy-MM}"),
        fact => fact.Day >= from && fact.Day < to);

    public static RandomCondition And(RandomCondition left, RandomCondition right) =>
        left.Text is "" ? right : right.Text is "" ? left
        : new($"({left.Text}) and ({right.Text})", fact => left.Holds(fact) & right.Holds(fact));

    public static RandomCondition Not(RandomCondition condition) => new($"not ({condition.Text})", fact => !condition.Holds(fact));

    private static RandomCondition Or(RandomCondition left, RandomCondition right) =>
        new($"({left.Text}) or ({right.Text})", fact => left.Holds(fact) | right.Holds(fact));

    private static RandomCondition Kind(string kind) =>
        new($"item.kind = '{kind.Replace("'", "''", StringComparison.Ordinal)}'", fact => fact.Kind is { } own ? own == kind : null);

    private static RandomCondition Count(int count) =>
        new(string.Create(CultureInfo.InvariantCulture, $"line.count >= {count}"), fact => fact.Count >= count);
}
