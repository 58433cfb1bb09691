namespace Warehouse.Cubes.Planning;

/// <summary>Any set of days, as stretches [from, to) in order, none touching the next. The first and last day of all stand for no bound.</summary>
internal sealed class DateSet
{
    private DateSet(IReadOnlyList<(DateOnly From, DateOnly To)> stretches) => Stretches = stretches;

    public static DateSet All { get; } = new([(DateOnly.MinValue, DateOnly.MaxValue)]);

    public IReadOnlyList<(DateOnly From, DateOnly To)> Stretches { get; }

    public bool IsBounded => Stretches.Count == 0 || (Stretches[0].From > DateOnly.MinValue && Stretches[^1].To < DateOnly.MaxValue);

    public static DateSet Of(DateOnly from, DateOnly to) => new(from < to ? [(from, to)] : []);

    public DateSet And(DateSet other) => Make(
        from own in Stretches
        from theirs in other.Stretches
        select (own.From > theirs.From ? own.From : theirs.From, own.To < theirs.To ? own.To : theirs.To));

    public DateSet Or(DateSet other) => Complement().And(other.Complement()).Complement();

    public DateSet Complement()
    {
        var gaps = new List<(DateOnly, DateOnly)>();
        var from = DateOnly.MinValue;
        foreach (var stretch in Stretches)
        {
            gaps.Add((from, stretch.From));
            from = stretch.To;
        }

        gaps.Add((from, DateOnly.MaxValue));
        return Make(gaps);
    }

    private static DateSet Make(IEnumerable<(DateOnly From, DateOnly To)> stretches)
    {
        var merged = new List<(DateOnly From, DateOnly To)>();
        foreach (var stretch in stretches.Where(stretch => stretch.From < stretch.To).OrderBy(stretch => stretch.From))
        {
            if (merged.Count > 0 && merged[^1].To >= stretch.From)
            {
                merged[^1] = (merged[^1].From, merged[^1].To > stretch.To ? merged[^1].To : stretch.To);
            }
            else
            {
                merged.Add(stretch);
            }
        }

        return new DateSet(merged);
    }
}
