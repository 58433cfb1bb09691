using System.Globalization;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Mapping.Values;
using Warehouse.Etl.Targets;
using Warehouse.Store;

namespace Warehouse.Etl.Mapping.Checks;

/// <summary>The checks of a feed's rows, in the order in which they are made.</summary>
internal sealed class FeedChecks
{
    private static readonly int FirstDay = DayOf(new DateOnly(1, 1, 1));
    private static readonly int LastDay = DayOf(new DateOnly(9999, 12, 31));

    private readonly List<RowCheck> _checks = [];
    private readonly IReadOnlyList<MappedColumn> _columns;
    private readonly CalendarDefinition _calendar;
    private readonly Feed _feed;
    private readonly DateTimeOffset _now;

    private FeedChecks(Feed feed, IReadOnlyList<MappedColumn> columns, CalendarDefinition calendar, DateTimeOffset now) =>
        (_feed, _columns, _calendar, _now) = (feed, columns, calendar, now);

    /// <summary>The checks that a feed and its targets ask for.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="calendar">The dates that the warehouse knows.</param>
    /// <param name="rates">The currencies that it knows.</param>
    /// <param name="now">What lies after it is the future.</param>
    public static IReadOnlyList<RowCheck> Of(
        Feed feed, IReadOnlyList<MappedColumn> columns, CalendarDefinition calendar, KnownRates rates, DateTimeOffset now)
    {
        var checks = new FeedChecks(feed, columns, calendar, now);
        foreach (var column in columns)
        {
            checks.AddKind(column);
            checks.AddValues(column);
            checks.AddTimes(column);
        }

        foreach (var place in feed.Fills.Index().Where(fill => fill.Item.Target == TargetCatalogue.Sale).Select(fill => fill.Index))
        {
            checks.AddMoney(name => columns.FirstOrDefault(column => column.Place == place && column.Mapping.Column.Name == name), rates);
        }

        return checks._checks;
    }

    private static int DayOf(DateOnly date) => date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private static string RuleOf(ValueSource? computed) =>
        computed is null ? "type" : computed.Lookup is null ? "expression" : "lookup";

    private static string ExpectationOf(ColumnMapping mapping, ValueSource? computed) => computed switch
    {
        null => ValueReader.ExpectationOf(mapping),
        { Lookup: { } lookup } => $"Expected {string.Join(", and what it stands for: ", lookup.Steps.Select(ToldBy))}",
        _ => $"{ValueReader.ExpectationOf(mapping)} from the expression",
    };

    private static string ToldBy(LookupStep step) => step.Files is { } files
        ? $"a text under \"{files.Key}\" in {files}"
        : $"one of the {step.Said.Count} texts of the lookup ({string.Join(", ", step.Said.Keys.Take(5))}{(step.Said.Count > 5 ? ", …" : "")})";

    private Check Next(MappedColumn column, string rule, string expectation) => new(_checks.Count + 1, column.Source, rule, expectation);

    private void AddKind(MappedColumn column)
    {
        var mapping = column.Mapping;
        var computed = mapping.Sources.FirstOrDefault(source => source.Lookup is not null || source.Expression is not null);
        if (computed is not null || mapping.Column.Kind is not (ColumnKind.Text or ColumnKind.Customer))
        {
            _checks.Add(new KindCheck(Next(column, RuleOf(computed), ExpectationOf(mapping, computed)), column));
        }

        if (mapping.Column.Kind is ColumnKind.Date or ColumnKind.Instant)
        {
            // The versions of customers and products end on the last day: nothing can begin there.
            var one = mapping.Column.Kind == ColumnKind.Date ? 1 : WrittenTime.MicrosOfDay;
            _checks.Add(new BoundsCheck(
                Next(column, "range", "Expected a time from 0001-01-01 and before 9999-12-31"), column, FirstDay * one, (LastDay * one) - 1));
        }

        if ((mapping.IsRequired || mapping.Column.IsKey || (mapping.Column.IsRequired && !_feed.Fills[column.Place].Accumulates)) && column.Number != column.Key)
        {
            _checks.Add(new RequiredCheck(Next(column, "required", $"Expected a value: {mapping.Column.Meaning}"), column));
        }
    }

    private void AddValues(MappedColumn column)
    {
        var mapping = column.Mapping;
        var range = mapping.Column.Range.And(mapping.Range);
        if (range.Least is { } least)
        {
            _checks.Add(new BoundsCheck(
                Next(column, "range", FormattableString.Invariant($"Expected at least {least}")), column, Scaled(mapping, least, Math.Ceiling), long.MaxValue));
        }

        if (range.Most is { } most)
        {
            _checks.Add(new BoundsCheck(
                Next(column, "range", FormattableString.Invariant($"Expected at most {most}")), column, long.MinValue, Scaled(mapping, most, Math.Floor)));
        }

        AddSet(column, mapping.OneOf, "one_of", "Expected one of", isOneOf: true);
        AddSet(column, mapping.NoneOf, "none_of", "Expected none of", isOneOf: false);
        if (mapping.Pattern is { } pattern)
        {
            _checks.Add(new PatternCheck(Next(column, "pattern", $"Expected a text that matches {pattern}"), column, new TextPattern(pattern)));
        }
    }

    private void AddSet(MappedColumn column, IReadOnlyList<string> values, string rule, string expected, bool isOneOf)
    {
        if (values.Count == 0)
        {
            return;
        }

        var check = Next(column, rule, $"{expected} {string.Join(", ", values)}");
        _checks.Add(column.Mapping.Column.Kind is ColumnKind.Number or ColumnKind.Rate or ColumnKind.Whole or ColumnKind.Seconds
            ? new NumberSetCheck(check, column, NumbersOf(column.Mapping, values), isOneOf)
            : new TextSetCheck(check, column, values, isOneOf));
    }

    private void AddTimes(MappedColumn column)
    {
        var mapping = column.Mapping;
        if (mapping.NotBefore is { } name
            && _columns.FirstOrDefault(other => other.Mapping.Column.Name == name && other.Place == column.Place) is { } earlier)
        {
            _checks.Add(new OrderCheck(Next(column, "order", $"Expected a time that is not before {name}"), column, earlier));
        }

        if (column.IsBusinessDate)
        {
            _checks.Add(new CalendarCheck(
                Next(
                    column,
                    "calendar",
                    FormattableString.Invariant($"Expected a date of the workspace's calendar, from {_calendar.From:yyyy-MM-dd} and before {_calendar.To:yyyy-MM-dd}")),
                column,
                DayOf(_calendar.From),
                DayOf(_calendar.To) - 1));
        }

        if (mapping.IsPast)
        {
            var micros = (_now.UtcDateTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            _checks.Add(new BoundsCheck(
                Next(column, "future", "Expected a time that is not in the future"),
                column,
                long.MinValue,
                mapping.Column.Kind == ColumnKind.Date ? DayOf(DateOnly.FromDateTime(_now.UtcDateTime)) : micros));
        }
    }

    private void AddMoney(Func<string, MappedColumn?> find, KnownRates rates)
    {
        var currency = find("currency");
        if (currency is not null)
        {
            var known = rates.Greatest.Keys.ToArray();
            _checks.Add(new TextSetCheck(
                Next(currency, "currency", $"Expected a currency whose rate is known: {string.Join(", ", known)}"), currency, known, isOneOf: true));
            if (rates.First.Count > 0)
            {
                _checks.Add(new RateDateCheck(
                    Next(currency, "rate", $"Expected a date on which the currency's rate is known ({string.Join(", ", rates.First.Take(5).Select(first => FormattableString.Invariant($"{first.Key} from {first.Value:yyyy-MM-dd}")))}{(rates.First.Count > 5 ? ", …" : "")})"),
                    currency,
                    find("ordered_at")!,
                    rates.First.Select(first => KeyValuePair.Create(first.Key, DayOf(first.Value)))));
            }
        }

        var price = find("unit_price")!;
        var others = new[] { find("discount_amount"), find("cost_amount") }.OfType<MappedColumn>();
        _checks.Add(new AmountCheck(Next(price, "amount", AmountCheck.Expectation), price, find("quantity")!, others, currency, rates));
    }

    private static decimal One(ColumnMapping mapping) => (decimal)Math.Pow(10, ValueReader.Decimals(mapping.Column.Kind));

    private static long Scaled(ColumnMapping mapping, decimal bound, Func<decimal, decimal> round)
    {
        var most = (decimal)long.MaxValue / One(mapping);
        return (long)round(Math.Clamp(bound, -most, most) * One(mapping));
    }

    private static HashSet<long> NumbersOf(ColumnMapping mapping, IReadOnlyList<string> values) =>
    [
        .. values.Select(value => decimal.Parse(value, CultureInfo.InvariantCulture) * One(mapping))
            .Where(number => decimal.IsInteger(number) && Math.Abs(number) < long.MaxValue)
            .Select(number => (long)number),
    ];
}
