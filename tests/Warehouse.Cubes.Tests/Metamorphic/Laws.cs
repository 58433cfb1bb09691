using System.Globalization;
using System.Text.Json;
using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>What right numbers obey, whatever the star and the question. Each says how it is broken, or nothing.</summary>
internal static class Laws
{
    public const string OfRollups = "a rollup's answer is that of facts";

    public static readonly IReadOnlyDictionary<string, Func<LawCase, LawBases, Task<string?>>> ByName =
        new Dictionary<string, Func<LawCase, LawBases, Task<string?>>>(StringComparer.Ordinal)
        {
            ["the long way"] = LongWay,
            ["a role's answer is that of the facts it may see"] = Restricted,
            ["totals are answers without the member"] = Totals,
            ["parts of a partition add up"] = Partition,
            ["measures asked together are measures asked alone"] = Together,
            ["order and batches change nothing"] = Shuffled,
            ["rows drilled through to recompute their cell"] = Details,
            ["two cubes meet as each alone"] = TwoCubes,
            ["the first members and the rest"] = Top,
            ["pages make up the whole"] = Pages,
            ["a file asks the same"] = File,
            ["comparisons with totals are with their rows"] = Shares,
            ["rows are filtered by what they show"] = Having,
            ["a pivot table moves cells"] = Pivoted,
            [OfRollups] = RolledUp,
            ["some facts and the rest are measured by themselves"] = Choices.SomeAndTheRest,
            ["a finer grain is aggregated first"] = Choices.FinerGrain,
            ["a masked member is one member"] = Choices.Masked,
            ["stretches of time are sums of their own facts"] = Stretches.Holds,
        };

    private static async Task<string?> LongWay(LawCase tried, LawBases bases)
    {
        var plain = await bases.Plain();
        var answer = StarAnswer.Of(await plain.Ask(tried.Question));
        return await Difference(answer, new LongWay(bases.Star, tried.Question).Answer(), plain, tried.Question.Texts(bases.Star));
    }

    private static async Task<string?> Restricted(LawCase tried, LawBases bases)
    {
        var plain = await bases.Plain();
        var restricted = StarAnswer.Of(await plain.Ask(tried.Question, plain.Restricted));
        if (await Difference(restricted, new LongWay(bases.Star, tried.Question, isRestricted: true).Answer(), plain, tried.Question.Texts(bases.Star)) is { } longWay)
        {
            return longWay;
        }

        return tried.Question.AsOf is null
            ? restricted.Difference(StarAnswer.Of(await (await bases.Visible()).Ask(tried.Question)))
            : null;
    }

    private static async Task<string?> Totals(LawCase tried, LawBases bases)
    {
        var plain = await bases.Plain();
        var whole = StarAnswer.Of(await plain.Ask(tried.Question with { Totals = "cube" }));
        var set = tried.Pick % (1 << tried.Question.By.Count);
        var alone = StarAnswer.Of(await plain.Ask(tried.Question with
        {
            By = [.. tried.Question.By.Where((_, index) => (set >> index & 1) == 0)],
            Totals = "none",
        }));
        StarAnswer asTotals = new([.. alone.Rows.Select(row => row with { Key = Spread(row.Key, set, tried.Question.By.Count) })]);
        StarAnswer shown = new([.. whole.Rows.Where(row => IsOfSet(row.Key, set, tried.Question.By.Count))]);
        return await Difference(shown, asTotals, plain, tried.Question.Texts(bases.Star));
    }

    private static async Task<string?> Partition(LawCase tried, LawBases bases)
    {
        var plain = await bases.Plain();
        var additive = bases.Star.Home.Measures.Where(measure => measure.Role is null && measure.IsAdditive).Select(measure => measure.Name).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (additive.Length == 0)
        {
            return null;
        }

        // Rows by what a fact has several of show those alone that the condition holds for.
        string[] many = [.. bases.Star.Home.Roles.Where(role => role.IsMany).Select(role => Star.Quote(role.Name) + ".")];
        var question = tried.Question with
        {
            Measures = additive,
            Totals = "none",
            By = [.. tried.Question.By.Where(member => !Array.Exists(many, role => member.StartsWith(role, StringComparison.Ordinal)))],
        };
        var parts = new[] { tried.Condition, $"not ({tried.Condition})", $"(case when {tried.Condition} then 1 when not ({tried.Condition}) then 2 else 3 end) = 3" };
        var sums = new Dictionary<string, decimal[]>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            var where = question.Where is null ? part : $"({question.Where}) and ({part})";
            foreach (var row in StarAnswer.Of(await plain.Ask(question with { Where = where })).Rows)
            {
                var sum = sums.TryGetValue(row.Key, out var known) ? known : new decimal[additive.Length];
                sums[row.Key] = [.. sum.Zip(row.Measures, (left, right) => left + ((decimal?)right ?? 0))];
            }
        }

        var whole = StarAnswer.Of(await plain.Ask(question));
        return new StarAnswer([.. sums.Select(sum => new StarRow(sum.Key, [.. sum.Value]))])
            .Difference(new StarAnswer([.. whole.Rows.Select(row => row with { Measures = [.. row.Measures.Select(value => value ?? 0m)] })]));
    }

    private static async Task<string?> Together(LawCase tried, LawBases bases)
    {
        var plain = await bases.Plain();
        var together = StarAnswer.Of(await plain.Ask(tried.Question));
        for (var index = 0; index < tried.Question.Measures.Count; index++)
        {
            var alone = StarAnswer.Of(await plain.Ask(tried.Question with { Measures = [tried.Question.Measures[index]] }));
            StarAnswer column = new([.. together.Rows.Select(row => row with { Measures = [row.Measures[index]] })]);
            if (NoValues(column).Difference(NoValues(alone)) is { } broken)
            {
                return broken;
            }
        }

        return null;
    }

    private static async Task<string?> Shuffled(LawCase tried, LawBases bases)
    {
        var plain = await (await bases.Plain()).Ask(tried.Question);
        var shuffled = await (await bases.Shuffled()).Ask(tried.Question);
        return plain.Rows.Select(row => row.Total).SequenceEqual(shuffled.Rows.Select(row => row.Total))
            ? StarAnswer.Of(shuffled).Difference(StarAnswer.Of(plain))
            : "the rows have another order";
    }

    private static async Task<string?> Details(LawCase tried, LawBases bases)
    {
        var plain = await bases.Plain();
        var answer = await plain.Ask(tried.Question);
        if (answer.Rows.Count == 0)
        {
            return null;
        }

        var query = tried.Question.Texts(bases.Star).Parse();
        var row = answer.Rows[tried.Pick % answer.Rows.Count];
        var details = await plain.Engine.DetailsAsync(new DetailQuery(query, row), CubeAccess.Everything);
        var ids = details.Rows.Select(fact => Convert.ToInt64(fact.Values[^1], CultureInfo.InvariantCulture)).ToHashSet();
        var longWay = new LongWay(bases.Star, tried.Question);
        object?[][] facts = [.. bases.Star.Home.Table.Rows.Where(fact => ids.Contains((long)fact[0]!))];
        var members = answer.Columns.Count(column => column.IsMember);
        var recomputed = new StarRow(StarRow.KeyOf(row.Total, [.. row.Values.Take(members)]), [.. tried.Question.Measures.Select(measure => longWay.Measure(measure, facts))]);
        return ids.Count != details.Rows.Count
            ? "a fact is there twice"
            : new StarAnswer([StarAnswer.Of(answer with { Rows = [row] }).Rows[0]]).Difference(new StarAnswer([recomputed]));
    }

    private static async Task<string?> TwoCubes(LawCase tried, LawBases bases)
    {
        var plain = await bases.Plain();
        var degenerate = bases.Star.Home.Roles.Where(role => role.Table is null).Select(role => Star.Quote(role.Name) + ".").ToArray();
        if (tried.Question.By.Append(tried.Question.Where ?? "").Any(text => degenerate.Any(name => text.Contains(name, StringComparison.Ordinal))))
        {
            return null;
        }

        var other = bases.Star.Other;
        var measure = other.Measures[tried.Pick % other.Measures.Count].Name;
        var question = tried.Question with { Measures = [.. bases.Star.Home.Measures.Select(own => own.Name).Distinct(StringComparer.OrdinalIgnoreCase).Take(2)] };
        var texts = question.Texts(bases.Star);
        var both = StarAnswer.Of(await plain.Ask(texts with { Measures = $"{texts.Measures}, {Star.Quote(other.Name)}.{Star.Quote(measure)} as visited_value" }));
        var home = StarAnswer.Of(await plain.Ask(texts)).Rows.ToDictionary(row => row.Key, row => row.Measures);
        var visited = StarAnswer.Of(await plain.Ask(texts with { Cube = other.Name, Measures = Star.Quote(measure) })).Rows.ToDictionary(row => row.Key, row => row.Measures);
        var expected = home.Keys.Union(visited.Keys).Select(key => new StarRow(
            key,
            [.. home.GetValueOrDefault(key) ?? new object?[question.Measures.Count], .. visited.GetValueOrDefault(key) ?? [null]]));
        return await Difference(NoValues(both), NoValues(new StarAnswer([.. expected])), plain, texts);
    }

    private static async Task<string?> Top(LawCase tried, LawBases bases)
    {
        var plain = await bases.Plain();
        if (tried.Question.By.FirstOrDefault(text => !IsPeriod(bases.Star, text)) is not { } member)
        {
            return null;
        }

        // Equal values rank by their members, and only exact ones are equal.
        if (bases.Star.Home.Measures.FirstOrDefault(measure => measure.Kind is "sum" or "count" or "min" or "max" or "count_distinct" or "last" or "first") is not { Name: var by })
        {
            return null;
        }

        var question = tried.Question with { By = [member], Totals = "none" };
        var (count, isBottom) = ((tried.Pick % 4) + 1, tried.Pick % 3 == 0);
        var texts = question.Texts(bases.Star) with
        {
            Top = string.Create(CultureInfo.InvariantCulture, $"{(isBottom ? "bottom" : "top")} {count} {member} by {Star.Quote(by)}"),
        };
        var answer = await plain.Ask(texts);
        var longWay = new LongWay(bases.Star, question);
        var name = (Name)Text.Parse(member);
        var cells = longWay.Facts.SelectMany(fact => longWay.Cells([name], fact).Select(member => (Member: member[0], Fact: fact))).GroupBy(cell => cell.Member, cell => cell.Fact).Select(cell => (cell.Key, Facts: cell.ToArray())).ToArray();
        var ranked = cells
            .Select(cell => (Cell: cell, Value: longWay.Measure(by, cell.Facts) is { } value ? Math.Round(Convert.ToDouble(value, CultureInfo.InvariantCulture), 9) : (double?)null))
            .Where(cell => cell.Value is not null)
            .OrderBy(cell => isBottom ? cell.Value : -cell.Value)
            .ThenBy(cell => cell.Cell.Key is null)
            .ThenBy(cell => cell.Cell.Key, Comparer<object?>.Create((left, right) => left is string text ? string.CompareOrdinal(text, (string)right!) : Comparer<object>.Default.Compare(left, right)))
            .Take(count)
            .Select(cell => cell.Cell)
            .ToArray();
        var rest = cells.Except(ranked).SelectMany(cell => cell.Facts).Distinct().ToArray();
        StarRow Row(string key, IReadOnlyList<object?[]> facts) => new(key, [.. question.Measures.Select(measure => longWay.Measure(measure, facts))]);
        var expected = ranked.Select(cell => Row(StarRow.KeyOf(0, [cell.Key]), cell.Facts)).Concat(rest.Length == 0 ? [] : [Row(StarRow.KeyOf(0, [null], 1), rest)]);
        return await Difference(StarAnswer.Of(answer), new StarAnswer([.. expected]), plain, texts);
    }

    private static async Task<string?> Pages(LawCase tried, LawBases bases)
    {
        var plain = await bases.Plain();
        var texts = tried.Question.Texts(bases.Star) with { Order = Star.Quote(tried.Question.Measures[0]) + (tried.Pick % 2 == 0 ? " desc" : ""), Totals = "none" };
        var whole = await plain.Ask(texts);
        var size = (tried.Pick % 5) + 1;
        var pages = new List<CubeRow>();
        for (var offset = 0; offset < Math.Min(whole.Rows.Count, 4 * size); offset += size)
        {
            pages.AddRange((await plain.Ask(texts with { Limit = size, Offset = offset })).Rows);
        }

        var shown = CubeTest.Lines(whole with { Rows = pages });
        return shown.SequenceEqual(CubeTest.Lines(whole).Take(shown.Length)) ? null : $"pages of {size} are {string.Join("; ", shown)}";
    }

    private static async Task<string?> File(LawCase tried, LawBases bases)
    {
        var plain = await bases.Plain();
        var texts = tried.Question.Texts(bases.Star);
        var file = JsonSerializer.Serialize(new
        {
            cube = texts.Cube,
            measures = tried.Question.Measures.Select(Star.Quote),
            by = tried.Question.By,
            where = texts.Where,
            totals = texts.Totals,
            as_of = texts.AsOf,
        });
        var read = await plain.Engine.QueryAsync(QueryFile.Parse(file, "query.json"));
        var lines = string.Join('\n', CubeTest.Lines(await plain.Ask(texts)));
        return string.Join('\n', CubeTest.Lines(read)) == lines ? null : "the file's answer differs";
    }

    private static async Task<string?> Shares(LawCase tried, LawBases bases)
    {
        var plain = await bases.Plain();
        var measure = Star.Quote(tried.Question.Measures[0]);
        var texts = tried.Question.Texts(bases.Star);
        var kept = tried.Question.By.Count == 0 ? "" : $", {tried.Question.By[0]}";
        var answer = StarAnswer.Of(await plain.Ask(texts with { Totals = "cube", Measures = $"{measure} as own_value, total({measure}{kept}) as whole_value, share({measure}{kept}) as part_value" }));
        var whole = answer.Rows.ToDictionary(row => row.Key, row => row.Measures[0]);
        foreach (var row in answer.Rows)
        {
            var key = string.Join(" | ", Split(row.Key).Select((member, index) => index == 0 ? member : "*"));
            var (own, total) = (row.Measures[0], whole[key]);
            object? part = own is null || total is null || Convert.ToDouble(total, CultureInfo.InvariantCulture) == 0
                ? null
                : Convert.ToDouble(own, CultureInfo.InvariantCulture) / Convert.ToDouble(total, CultureInfo.InvariantCulture);
            if (!StarAnswer.Same(row.Measures[1], total) || !StarAnswer.Same(row.Measures[2], part))
            {
                return $"{row}: its whole is {StarRow.Show(total)}\n{await plain.Sql(texts)}";
            }
        }

        return null;
    }

    private static async Task<string?> Having(LawCase tried, LawBases bases)
    {
        var plain = await bases.Plain();
        var texts = tried.Question.Texts(bases.Star);
        var least = (tried.Pick % 7) - 1;
        var shown = StarAnswer.Of(await plain.Ask(texts with { Having = string.Create(CultureInfo.InvariantCulture, $"{Star.Quote(tried.Question.Measures[0])} >= {least}") }));
        var all = StarAnswer.Of(await plain.Ask(texts));
        return shown.Difference(new StarAnswer([.. all.Rows.Where(row =>
            (Split(row.Key).Contains("*") && tried.Question.By.Count > 0)
            || (row.Measures[0] is { } value && Convert.ToDouble(value, CultureInfo.InvariantCulture) >= least))]));
    }

    private static async Task<string?> RolledUp(LawCase tried, LawBases bases)
    {
        var rolledUp = await bases.RolledUp();
        var access = tried.Pick % 4 == 0 ? rolledUp.Restricted : CubeAccess.Everything;
        var answer = StarAnswer.Of(await rolledUp.Ask(tried.Question, access));
        var longWay = new LongWay(bases.Star, tried.Question, isRestricted: tried.Pick % 4 == 0).Answer();
        return await Difference(answer, longWay, rolledUp, tried.Question.Texts(bases.Star));
    }

    private static async Task<string?> Pivoted(LawCase tried, LawBases bases)
    {
        if (tried.Question.By.Count == 0)
        {
            return null;
        }

        var plain = await bases.Plain();
        var texts = tried.Question.Texts(bases.Star) with { Totals = "none" };
        var pivoted = await plain.Ask(texts with { Pivot = tried.Question.By[^1] });
        var cells = StarAnswer.Of(await plain.Ask(texts)).Rows.SelectMany(row => row.Measures).Where(value => value is not null).Select(StarRow.Show).Order(StringComparer.Ordinal);
        var moved = StarAnswer.Of(pivoted).Rows.SelectMany(row => row.Measures).Where(value => value is not null).Select(StarRow.Show).Order(StringComparer.Ordinal);
        return string.Join(' ', moved) == string.Join(' ', cells) ? null : $"the cells are {string.Join(' ', moved)}";
    }

    internal static async Task<string?> Difference(StarAnswer answer, StarAnswer expected, StarBase asked, QueryTexts texts) =>
        answer.Difference(expected) is { } broken ? $"{broken}\n{await asked.Sql(texts)}" : null;

    private static bool IsPeriod(Star star, string member) =>
        star.Home.Roles.SelectMany(role => role.Attributes.Select(attribute => (Text: Star.Member(role, attribute), attribute.Type))).First(known => known.Text == member).Type == MemberType.Period;

    /// <summary>Rows without any value left out, and counts of nothing as no value: they are there for another measure's sake.</summary>
    private static StarAnswer NoValues(StarAnswer answer) => new([.. answer.Rows
        .Select(row => row with { Measures = [.. row.Measures.Select(value => value is 0m ? null : value)] })
        .Where(row => row.Measures.Any(value => value is not null))]);

    private static string[] Split(string key) => key.Split(" | ");

    private static string Spread(string key, int set, int members)
    {
        var kept = new Queue<string>(Split(key));
        return string.Join(" | ", Enumerable.Range(0, members).Select(index => (set >> index & 1) == 1 ? "*" : kept.Dequeue()));
    }

    private static bool IsOfSet(string key, int set, int members) =>
        members == 0 || Split(key).Select((member, index) => (member is "*") == ((set >> index & 1) == 1)).All(same => same);
}
