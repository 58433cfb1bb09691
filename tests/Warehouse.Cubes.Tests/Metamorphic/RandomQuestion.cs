using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>Random questions and conditions on a star.</summary>
internal static class RandomQuestion
{
    public static Gen<Question> Of(Star star) =>
        from measures in Some(star.Home.Measured, 1, 3)
        from members in Some(Members(star.Home.Roles), 0, 3)
        from isFiltered in Gen.Elements(true, true, false)
        from condition in Condition(star.Home.Roles, 2)
        from totals in Gen.Elements("none", "grand", "rollup", "cube")
        from isAsOf in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from asOf in Gen.Choose(-10, 510)
        select new Question
        {
            Measures = [.. measures.Distinct(StringComparer.OrdinalIgnoreCase)],
            By = [.. members.Distinct(StringComparer.OrdinalIgnoreCase)],
            Where = isFiltered ? condition : null,
            Totals = totals,
            AsOf = isAsOf ? new DateOnly(2010, 11, 20).AddDays(asOf) : null,
        };

    /// <summary>A condition on members; of a cube's own, where whether a dimension is unknown cannot be asked.</summary>
    public static Gen<string> Condition(IReadOnlyList<StarRole> roles, int depth, bool isOfCube = false)
    {
        var members = roles.SelectMany(role => role.Attributes.Select(attribute => (Text: Star.Member(role, attribute), attribute))).ToArray();
        var simple = Gen.Elements(members).SelectMany(member => Simple(member.Text, member.attribute));
        string[] unknown = [.. roles.Where(role => role.Unknown is not null).Select(role => $"{Star.Quote(role.Name)} is unknown")];
        if (!isOfCube && unknown.Length > 0)
        {
            simple = Gen.Frequency((9, simple), (1, Gen.Elements(unknown)));
        }

        return depth == 0 ? simple : Gen.Frequency(
            (3, simple),
            (1, Condition(roles, depth - 1, isOfCube).Select(one => $"not ({one})")),
            (2, from left in Condition(roles, depth - 1, isOfCube)
                from right in Condition(roles, depth - 1, isOfCube)
                from word in Gen.Elements("and", "or")
                select $"({left}) {word} ({right})"));
    }

    /// <summary>Between so many and so many of the choices, none twice, in any order.</summary>
    public static Gen<string[]> Some(IEnumerable<string> choices, int least, int most) =>
        from shuffled in Gen.Shuffle(choices)
        from count in Gen.Choose(least, most)
        select shuffled.Take(count).ToArray();

    public static IEnumerable<string> Members(IEnumerable<StarRole> roles) =>
        roles.SelectMany(role => role.Attributes.Select(attribute => Star.Member(role, attribute)));

    private static Gen<string> Simple(string member, StarAttribute attribute) => attribute.Type switch
    {
        MemberType.Flag => Gen.Elements(member, $"{member} = true", $"{member} = false", $"not {member}", $"{member} is null"),
        MemberType.Number => Gen.OneOf(
            Compared(member, Gen.Choose(-2, 8).Select(number => number.ToString(CultureInfo.InvariantCulture))),
            Gen.Elements($"{member} in (1, 3, 6)", $"{member} between 1 and 4", $"{member} is null", $"{member} + 1 > 3", $"{member} not in (2, 3)", $"{member} = 2.5")),
        MemberType.Text => Gen.OneOf(
            Compared(member, Gen.Elements("'mug'", "'it''s'", "'Größe'", "''", "'m'")),
            Gen.Elements($"{member} in ('mug', 'red', 'big')", $"{member} like '%u%'", $"{member} like 'a\\%%'", $"{member} is null", $"{member} not like '_a%'", $"lower({member}) = 'pan'")),
        MemberType.Day => Gen.OneOf(
            Compared(member, Gen.Elements("2011-03-05", "2011-01", "2011", "2011-Q1")),
            Gen.Elements($"{member} is null", $"{member} in (2011-03-05, 2011-01)", $"{member} between 2011-01 and 2011-02")),
        _ => Period(member, attribute.Name),
    };

    private static Gen<string> Compared(string member, Gen<string> values) =>
        from op in Gen.Elements("=", "<>", "<", "<=", ">", ">=")
        from value in values
        select $"{member} {op} {value}";

    private static Gen<string> Period(string member, string unit)
    {
        string[] names = unit switch
        {
            "day" => ["2010-12-24", "2011-01", "2011-Q1", "2011", "2011-W05"],
            "week" => ["2010-W52", "2011-W01", "2011-W07"],
            "month" => ["2010-12", "2011-02", "2011-Q1", "2011"],
            "quarter" => ["2010-Q4", "2011-Q1", "2011"],
            "year" or "fiscal_year" => ["2010", "2011", "2012"],
            _ => [],
        };
        return names.Length == 0 ? Gen.Elements($"{member} is null", $"not ({member} is null)") : Gen.OneOf(
            Compared(member, Gen.Elements(names)),
            Gen.Elements($"{member} in ({names[0]}, {names[^1]})", $"{member} between {names[0]} and {names[1]}", $"{member} is null", $"{member} not in ({names[0]}, {names[1]})"));
    }
}
