using System.Globalization;
using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>Laws of measures over some facts, of measures at a finer grain, and of members that are masked.</summary>
internal static class Choices
{
    public static async Task<string?> SomeAndTheRest(LawCase tried, LawBases bases)
    {
        var plain = await bases.Plain();
        var measure = tried.Question.Measures[0];
        var values = new StarValues(bases.Star, bases.Star.Home, tried.Question.AsOf);
        var condition = Text.Parse(tried.Condition);
        var texts = tried.Question.Texts(bases.Star) with
        {
            Measures = $"only({Star.Quote(measure)}, {tried.Condition}) as some_value, except({Star.Quote(measure)}, {tried.Condition}) as rest_value",
        };
        var longWay = new LongWay(bases.Star, tried.Question);
        var expected = longWay.Answer(
            facts => longWay.Measure(measure, [.. facts.Where(fact => values.Holds(condition, fact))]),
            facts => longWay.Measure(measure, [.. facts.Where(fact => !values.Holds(condition, fact))]));
        return await Laws.Difference(StarAnswer.Of(await plain.Ask(texts)), expected, plain, texts);
    }

    public static async Task<string?> FinerGrain(LawCase tried, LawBases bases)
    {
        var plain = await bases.Plain();
        var measure = tried.Question.Measures[0];
        string[] members = [.. RandomQuestion.Members(bases.Star.Home.Roles.Where(role => !role.IsMany))];
        string[] kinds = ["sum", "count", "min", "max", "avg", "median"];
        var (kind, member) = (kinds[tried.Pick % kinds.Length], members[tried.Pick / 7 % members.Length]);
        var values = new StarValues(bases.Star, bases.Star.Home, tried.Question.AsOf);
        var texts = tried.Question.Texts(bases.Star) with { Measures = $"{kind}({Star.Quote(measure)}, {member}) as nested_value" };
        var longWay = new LongWay(bases.Star, tried.Question);
        var expected = longWay.Answer(facts => Aggregate(kind,
        [
            .. facts.GroupBy(fact => StarRow.Show(values.Member((Name)Text.Parse(member), fact)))
                .Select(group => longWay.Measure(measure, [.. group]))
                .OfType<object>()
                .Select(value => Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        ]));
        return await Laws.Difference(StarAnswer.Of(await plain.Ask(texts)), expected, plain, texts);
    }

    public static async Task<string?> Masked(LawCase tried, LawBases bases)
    {
        if (bases.Star.Masked is not { } masked)
        {
            return null;
        }

        var question = tried.Question with { By = [.. tried.Question.By.Append(masked).Distinct(StringComparer.OrdinalIgnoreCase)] };
        var plain = await bases.Plain();
        var answer = StarAnswer.Of(await plain.Ask(question, plain.Blind));
        return await Laws.Difference(answer, new LongWay(bases.Star, question, isBlind: true).Answer(), plain, question.Texts(bases.Star));
    }

    private static double? Aggregate(string kind, double[] values) => kind switch
    {
        "count" => values.Length,
        _ when values.Length == 0 => null,
        "sum" => values.Sum(),
        "min" => values.Min(),
        "max" => values.Max(),
        "avg" => values.Average(),
        _ => (values.Order().ElementAt((values.Length - 1) / 2) + values.Order().ElementAt(values.Length / 2)) / 2,
    };
}
