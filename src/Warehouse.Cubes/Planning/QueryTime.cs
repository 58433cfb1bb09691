using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// The time of a query, for measures over other stretches of time than the row's own: which periods it shows is told apart from
/// the conditions on facts, so that a stretch may reach beyond what is shown.
/// </summary>
internal sealed class QueryTime
{
    private const int MostPeriods = 40_000;

    private QueryTime(DimensionRole role, DateSet shown, IReadOnlyList<SourcedExpression> conditions) =>
        (Role, Shown, Conditions) = (role, shown, conditions);

    /// <summary>The role of time, in the query's own cube.</summary>
    public DimensionRole Role { get; }

    /// <summary>The days that the query says it shows.</summary>
    public DateSet Shown { get; }

    /// <summary>The days from the first fact to the last, where the query does not say where it begins or ends.</summary>
    public DateSet Extent { get; private set; } = DateSet.All;

    /// <summary>The conditions that say nothing of periods.</summary>
    public IReadOnlyList<SourcedExpression> Conditions { get; }

    public Calendar Calendar => Role.Dimension.Calendar!;

    public static QueryTime Of(QueryScope query)
    {
        var role = query.Home.Time is { } time
            ? query.Home.Roles[time]
            : throw new WrongCommandException($"The cube \"{query.Home.Name}\" has no time dimension, so nothing can be compared over time.");
        var shown = DateSet.All;
        var others = new List<SourcedExpression>();
        foreach (var condition in query.Conditions)
        {
            if (new TimeFilter(role, condition.Source, query.Context.Today).Read(condition.Expression) is { } days)
            {
                shown = shown.And(days);
            }
            else if (TimeFilter.Mentions(condition.Expression, role))
            {
                throw condition.Source.Fault(condition.Expression, $"Beside a comparison over time, a condition on \"{role.Name}\" has to stand by itself, joined to others by « and ».");
            }
            else
            {
                others.Add(condition);
            }
        }

        return new QueryTime(role, shown, others);
    }

    /// <summary>Shows no periods before the first fact or after the last. The periods that hold these are shown whole.</summary>
    public void Bound(DateOnly? first, DateOnly? last) =>
        Extent = first is { } from && last is { } to ? DateSet.Of(from, to.AddDays(1)) : DateSet.Of(default, default);

    /// <summary>Whether a key is a period, which an axis has, rather than an attribute that each fact's day has.</summary>
    public bool IsPeriod(QueryKey key) => string.Equals(key.Role.Name, Role.Name, StringComparison.Ordinal) && key.Field.Unit is not null;

    /// <summary>The finest unit among keys; null where none is a period.</summary>
    public TimeUnit? Finest(IEnumerable<QueryKey> keys)
    {
        TimeUnit? finest = null;
        foreach (var unit in keys.Where(IsPeriod).Select(key => key.Field.Unit!.Value))
        {
            finest = finest is not { } known || Calendar.Nests(unit, known) ? unit
                : Calendar.Nests(known, unit) ? known
                : throw new WrongCommandException($"Periods cannot be compared over time by {known.Text()} and {unit.Text()} at once: the one is not made of whole ones of the other.");
        }

        return finest;
    }

    /// <summary>The periods shown, with the stretch of time that belongs to each; a period without one is left out.</summary>
    public IReadOnlyList<AxisPeriod> Periods(TimeUnit unit, TimeSteps steps)
    {
        var periods = new List<AxisPeriod>();
        foreach (var stretch in Shown.And(Extent).Stretches)
        {
            for (var from = Calendar.Start(stretch.From, unit); from < stretch.To; from = Calendar.Add(from, unit, 1))
            {
                if (periods.Count > 0 && periods[^1].Period == from)
                {
                    continue;
                }

                if (periods.Count == MostPeriods)
                {
                    throw new WrongCommandException(FormattableString.Invariant($"More than {MostPeriods} periods to compare over time. Ask for fewer, or for longer ones."));
                }

                var own = One(Shown.And(DateSet.Of(from, Calendar.Add(from, unit, 1))), unit.Text());
                periods.Add(new AxisPeriod(from, own is { } known ? steps.Apply(known, unit, Calendar) : null));
            }
        }

        return periods;
    }

    /// <summary>The stretch that belongs to everything shown; null where nothing is.</summary>
    public (DateOnly From, DateOnly To)? Whole(TimeSteps steps) =>
        One(Shown.And(Extent), "total") is { } whole ? steps.Apply(whole, null, Calendar) : null;

    private static (DateOnly From, DateOnly To)? One(DateSet days, string what) => days.Stretches.Count switch
    {
        0 => null,
        1 => days.Stretches[0],
        _ => throw new WrongCommandException($"The days that the query shows leave gaps within a {what}, so it cannot be compared over time. Show one stretch of days."),
    };
}

/// <summary>A period of an axis.</summary>
/// <param name="Period">Its first day.</param>
/// <param name="Stretch">The days [from, to) of the facts that belong to it; null for none.</param>
internal sealed record AxisPeriod(DateOnly Period, (DateOnly From, DateOnly To)? Stretch);
