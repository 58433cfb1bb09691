using System.Globalization;
using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>Measures over other stretches of time, held to the facts of those stretches.</summary>
internal static class Stretches
{
    public static async Task<string?> Holds(LawCase tried, LawBases bases)
    {
        var star = bases.Star;
        var role = star.Home.Roles[0];
        var time = Star.Quote(role.Name);
        if (tried.Question.Where?.Contains($"{time}.", StringComparison.Ordinal) is true || tried.Question.Where?.Contains($"{time} is", StringComparison.Ordinal) is true)
        {
            return null;
        }

        string[] units = star.FiscalStart == 1 ? ["day", "week", "month", "quarter", "year"] : ["day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year"];
        var unit = units[tried.Pick % units.Length];
        var (text, apply) = Step(tried.Pick / 7, unit, star.FiscalStart);
        var period = $"{time}.{unit}";
        var by = tried.Question.By.FirstOrDefault(member => !member.StartsWith($"{time}.", StringComparison.Ordinal));
        var shown = Range(tried.Pick / 100, unit, out var first, out var last);
        var where = $"{period} between {shown}" + (tried.Question.Where is { } condition ? $" and ({condition})" : "");
        var measure = tried.Question.Measures[0];
        var texts = tried.Question.Texts(star) with
        {
            By = by is null ? period : $"{period}, {by}",
            Where = unit.StartsWith("fiscal", StringComparison.Ordinal) ? tried.Question.Where : where,
            Measures = string.Format(CultureInfo.InvariantCulture, text, Star.Quote(measure)) + " as stepped_value",
            Totals = "none",
        };
        var plain = await bases.Plain();
        var answer = await plain.Ask(texts);
        var longWay = new LongWay(star, tried.Question);
        var values = new StarValues(star, star.Home, tried.Question.AsOf);
        foreach (var row in answer.Rows)
        {
            if (row.Values[0] is null)
            {
                return "a row of no period";
            }

            var own = unit is "year" or "fiscal_year" ? YearOf(Convert.ToInt32(row.Values[0], CultureInfo.InvariantCulture), unit, star.FiscalStart) : (DateOnly)row.Values[0]!;
            var of = StarPeriod.Of(own, unit, star.FiscalStart);
            var stretch = apply((of.From, of.To));
            object?[][] facts = stretch is not { } days ? [] : [.. longWay.Facts.Where(fact =>
                !values.IsUnknown(role.Name, fact) && values.Key(role, fact) is DateOnly day && day >= days.From && day < days.To
                && (by is null || longWay.Cells([(Name)Text.Parse(by)], fact).Any(member => StarRow.Show(member[0]) == StarRow.Show(row.Values[1]))))];
            var expected = longWay.Measure(measure, facts);
            if (facts.Length == 0 || !StarAnswer.Same(Number(row.Values[^1]), expected))
            {
                return $"{own:yyyy-MM-dd} {StarRow.Show(row.Values[1])}: expected {StarRow.Show(expected)} of {facts.Length} facts, and it is {StarRow.Show(row.Values[^1])}\n{texts}\n{await plain.Sql(texts)}";
            }
        }

        return Missing(answer, longWay, values);

        string? Missing(Results.CubeResult result, LongWay facts, StarValues of)
        {
            // Every period shown that has facts itself has a row where its own stretch holds them.
            if (unit.StartsWith("fiscal", StringComparison.Ordinal) || !text.StartsWith("cumulative", StringComparison.Ordinal))
            {
                return null;
            }

            var own = result.Rows.Select(row => StarRow.Show(row.Values[0])).ToHashSet(StringComparer.Ordinal);
            return facts.Facts
                .Where(fact => !of.IsUnknown(role.Name, fact) && of.Key(role, fact) is DateOnly day && StarPeriod.Of(day, unit, star.FiscalStart).From is var from && from >= first && from <= last)
                .Select(fact => StarRow.Show(of.Member(new Name(role.Name, unit), fact)))
                .FirstOrDefault(key => !own.Contains(key)) is { } missing ? $"no row of {missing}\n{texts}" : null;
        }
    }

    private static object? Number(object? value) => value switch
    {
        null or double or decimal => value,
        System.Numerics.BigInteger wide => (decimal)wide,
        Int128 wide => (decimal)wide,
        _ => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
    };

    private static DateOnly YearOf(int year, string unit, int fiscalStart) =>
        unit is "year" || fiscalStart == 1 ? new DateOnly(year, 1, 1) : new DateOnly(year - 1, fiscalStart, 1);

    /// <summary>A step as text, with a place for the measure, and what it makes of a period.</summary>
    private static (string Text, Func<(DateOnly From, DateOnly To), (DateOnly From, DateOnly To)?> Apply) Step(int pick, string unit, int fiscalStart)
    {
        var count = (pick / 10 % 3) + 1;
        (DateOnly, DateOnly)? Back((DateOnly From, DateOnly To) own, int months) => own.From.Day == 1 && own.To.Day == 1
            ? (own.From.AddMonths(-months), own.To.AddMonths(-months))
            : (own.From.AddMonths(-months), own.To.AddDays(-1).AddMonths(-months).AddDays(1));
        return (pick % 6) switch
        {
            0 => ("cumulative({0})", own => (DateOnly.MinValue, own.To)),
            1 => (string.Create(CultureInfo.InvariantCulture, $"rolling({{0}}, {count} months)"), own => (own.To.AddMonths(-count), own.To)),
            2 => (string.Create(CultureInfo.InvariantCulture, $"rolling({{0}}, {10 * count} days)"), own => (own.To.AddDays(-10 * count), own.To)),
            3 => (string.Create(CultureInfo.InvariantCulture, $"prior({{0}}, {count} months)"), own => Back(own, count)),
            4 => ("to_date({0}, year)", own => (new DateOnly(own.To.AddDays(-1).Year, 1, 1), own.To)),
            _ when fiscalStart == 1 || unit is "week" => ("in_period({0}, 2011-Q1)", _ => (new DateOnly(2011, 1, 1), new DateOnly(2011, 4, 1))),
            _ => ("to_date({0}, fiscal_year)", own => (StarPeriod.Of(own.To.AddDays(-1), "fiscal_year", fiscalStart).From, own.To)),
        };
    }

    /// <summary>The first and the last period shown.</summary>
    private static string Range(int pick, string unit, out DateOnly first, out DateOnly last)
    {
        var from = new DateOnly(2010, 12, 1).AddMonths(pick % 5);
        (first, last) = unit switch
        {
            "day" => (from, from.AddDays(20)),
            "week" => (StarPeriod.Of(from, "week", 1).From, StarPeriod.Of(from.AddDays(40), "week", 1).From),
            "month" => (from, from.AddMonths(4)),
            "quarter" => (StarPeriod.Of(from, "quarter", 1).From, StarPeriod.Of(from.AddMonths(6), "quarter", 1).From),
            _ => (new DateOnly(2010, 1, 1), new DateOnly(2011, 1, 1)),
        };
        return $"{Name(first, unit)} and {Name(last, unit)}";
    }

    private static string Name(DateOnly from, string unit) => unit switch
    {
        "day" => from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "week" => new Period(TimeUnit.Week, from, from.AddDays(7)).ToString(),
        "month" => from.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        "quarter" => new Period(TimeUnit.Quarter, from, from.AddMonths(3)).ToString(),
        _ => from.ToString("yyyy", CultureInfo.InvariantCulture),
    };
}
