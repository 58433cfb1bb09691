using FsCheck;
using FsCheck.Fluent;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>
/// Random stars: which dimensions a cube has, what they and its measures are called (also as words of SQL, of the expression language
/// and as the planner's own aliases), what they compute, and small data with unknown members, missing values and versions.
/// </summary>
internal static class RandomStar
{
    private static readonly DateOnly First = new(2010, 11, 20);

    private static readonly string[] Names =
    [
        "a", "A", "order", "select", "fact", "FACT", "cells", "part", "rows", "rows of facts", "k0", "m0", "g", "x0", "p0", "t0", "o0", "h",
        "daily", "ranked", "axis", "others", "Größe", "it's", "day", "a \"b\"", "total", "not", "in", "$1", "--", "/*", "top", "ranking 0",
        "member", "first", "true", "null", "count", "last", "case", "id", "place", "balance", "account", ";", "2011-03", "%", " ", "month",
    ];

    /// <summary>What the levels of agents are called.</summary>
    public static readonly string[] Levels = ["head", "lead"];

    private static readonly string?[] Texts = ["mug", "pan", "it's", "Größe", "", "a%b", null];

    public static Gen<Star> Stars { get; } =
        from names in Gen.Shuffle(Names)
        from fiscalStart in Gen.Choose(1, 12)
        from days in Gen.Choose(1, 500)
        from unknownDay in Gen.Elements<DateOnly?>(null, new DateOnly(1, 1, 1), new DateOnly(1900, 1, 1))
        from products in Rows(Gen.Choose(1, 5), key => Product(key))
        from versions in Rows(Gen.Choose(1, 3), key => Versions(key, days))
        from places in Rows(Gen.Choose(0, 2), key => Place(key))
        from likes in Rows(Gen.Choose(0, 6), _ => Like(versions.Length, products.Length))
        from agents in Rows(Gen.Choose(1, 5), Agent)
        let roles = Roles(names, Likes(likes), Agents(agents), Calendar(days, unknownDay), Products(products), Customers([.. versions.SelectMany(version => version)]), Places(places), unknownDay, fiscalStart)
        from usedRoles in Used(roles)
        from facts in Facts(50, days, unknownDay, products.Length, versions, places.Length, agents.Length)
        from others in Facts(20, days, unknownDay, products.Length, versions, places.Length, agents.Length)
        from measures in Measures(usedRoles, names[20..])
        from otherMeasures in Measures(usedRoles, names[20..])
        from derived in Derived(measures, names[35..])
        from rollups in Rollups(usedRoles, measures)
        from restriction in RandomQuestion.Condition(usedRoles, 2)
        let texts = usedRoles.Where(role => !role.IsMany).SelectMany(role => role.Attributes.Where(attribute => attribute.Type == MemberType.Text).Select(attribute => Star.Member(role, attribute))).ToArray()
        from masked in texts.Length == 0 ? Gen.Constant<string?>(null) : Gen.Elements(texts).Select(text => (string?)text)
        select new Star(
            new StarCube(names[14], Fact("sale", facts), usedRoles, measures, derived),
            new StarCube(names[15], Fact("visit", others), usedRoles, otherMeasures, []),
            fiscalStart,
            restriction)
        {
            Rollups = rollups,
            Masked = masked,
        };

    private static StarTable Fact(string name, IReadOnlyList<object?[]> rows) => new(
        name,
        [
            ("id", "BIGINT"), ("product", "INTEGER"), ("customer", "INTEGER"), ("version", "INTEGER"), ("place", "INTEGER"), ("day", "DATE"),
            ("shipped", "DATE"), ("amount", "DECIMAL(18,2)"), ("quantity", "INTEGER"), ("flag", "BOOLEAN"), ("note", "VARCHAR"), ("known", "TIMESTAMPTZ"), ("agent", "INTEGER"),
        ],
        rows);

    private static Gen<T[]> Rows<T>(Gen<int> count, Func<int, Gen<T>> row) =>
        count.SelectMany(rows => Gen.CollectToArray(Enumerable.Range(1, rows), row));

    private static Gen<object?[]> Product(int key) =>
        from kind in Gen.Elements(Texts)
        from colour in Gen.Elements("red", "blue", null)
        from weight in Gen.Elements<object?>(1L, 3L, 7L, null)
        from made in Gen.Elements<object?>(new DateOnly(2011, 3, 5), new DateOnly(2011, 1, 1), null)
        from fragile in Gen.Elements<object?>(true, false, null)
        select new object?[] { key, kind, colour, weight, made, fragile };

    private static StarTable Products(IEnumerable<object?[]> rows) => new(
        "product",
        [("key", "INTEGER"), ("kind", "VARCHAR"), ("colour", "VARCHAR"), ("weight", "INTEGER"), ("made", "DATE"), ("fragile", "BOOLEAN")],
        [[-1, null, null, null, null, null], .. rows]);

    /// <summary>One customer: one to three versions, each beginning when the one before ends.</summary>
    private static Gen<object?[][]> Versions(int key, int days) =>
        from count in Gen.Choose(1, 3)
        from cities in Gen.Elements(Texts).ArrayOf(count)
        from starts in Gen.Choose(1, days + 5).ArrayOf(count - 1)
        let edges = starts.Distinct().Order().Select(day => Midnight(First.AddDays(day))).Prepend(DateTimeOffset.MinValue).Append(Midnight(new DateOnly(9999, 1, 1))).ToArray()
        select Enumerable.Range(0, edges.Length - 1)
            .Select(index => new object?[] { (key * 10) + index, key, cities[index], key * 2L, edges[index], edges[index + 1], index == edges.Length - 2 })
            .ToArray();

    private static StarTable Customers(IEnumerable<object?[]> rows) => new(
        "customer",
        [("version", "INTEGER"), ("key", "INTEGER"), ("city", "VARCHAR"), ("level", "INTEGER"), ("from_time", "TIMESTAMPTZ"), ("to_time", "TIMESTAMPTZ"), ("is_current", "BOOLEAN")],
        [[-1, -1, null, null, DateTimeOffset.MinValue, Midnight(new DateOnly(9999, 1, 1)), true], .. rows]);

    private static Gen<object?[]> Place(int key) =>
        from region in Gen.Elements(Texts)
        select new object?[] { key, region };

    private static StarTable Places(IEnumerable<object?[]> rows) => new("place", [("key", "INTEGER"), ("region", "VARCHAR")], [.. rows]);

    private static Gen<object?[]> Like(int customers, int products) =>
        from customer in Gen.Choose(-1, customers)
        from product in Gen.Choose(1, products)
        select new object?[] { customer, product };

    private static StarTable Likes(IEnumerable<object?[]> rows) =>
        new("likes", [("from", "INTEGER"), ("to", "INTEGER")], [.. rows.DistinctBy(row => (row[0], row[1]))]);

    /// <summary>Below an earlier one, at the top by no parent or by itself.</summary>
    private static Gen<object?[]> Agent(int key) =>
        from name in Gen.Elements(Texts)
        from parent in Gen.Choose(0, key)
        select new object?[] { key, name, parent == 0 ? null : parent };

    private static StarTable Agents(IEnumerable<object?[]> rows) => new("agent", [("key", "INTEGER"), ("name", "VARCHAR"), ("parent", "INTEGER")], [.. rows]);

    private static StarTable Calendar(int days, DateOnly? unknown) => new(
        "calendar",
        [("day", "DATE"), ("weekday", "INTEGER"), ("is_weekend", "BOOLEAN")],
        [
            .. unknown is { } none ? new object?[][] { [none, null, null] } : [],
            .. Enumerable.Range(0, days + 20).Select(First.AddDays).Select(day => new object?[] { day, ((int)day.DayOfWeek + 6) % 7 + 1L, day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday }),
        ]);

    private static StarRole[] Roles(string[] names, StarTable likes, StarTable agents, StarTable calendar, StarTable products, StarTable customers, StarTable places, DateOnly? unknownDay, int fiscalStart)
    {
        StarAttribute[] time =
        [
            .. new[] { "day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year" }.Take(fiscalStart == 1 ? 5 : 7).Select(unit => new StarAttribute(unit, unit, MemberType.Period)),
            new("weekday", "weekday", MemberType.Number),
            new($"is {names[16]}", "is_weekend", MemberType.Flag),
        ];
        StarAttribute[] product =
        [
            new("kind", "kind", MemberType.Text), new(names[17], "colour", MemberType.Text), new("weight", "weight", MemberType.Number),
            new("made", "made", MemberType.Day), new("fragile", "fragile", MemberType.Flag),
            new(names[18], "case when weight > 2 then 'heavy' else 'light' end", MemberType.Text), new("label", "coalesce(kind, '?')", MemberType.Text),
        ];
        StarAttribute[] agent =
        [
            new("name", "name", MemberType.Text), new("depth", "depth", MemberType.Number) { IsOfTree = true }, new("path", "path", MemberType.Text) { IsOfTree = true },
            .. Levels.Select(level => new StarAttribute(level, level, MemberType.Text) { IsOfTree = true }),
        ];
        StarAttribute[] customer = [new("key", "key", MemberType.Number), new(names[19], "city", MemberType.Text), new("level", "level + 1", MemberType.Number)];
        return
        [
            new(names[0], names[7], "day", calendar, "day", time) { Unknown = unknownDay },
            new(names[1], names[7], "shipped", calendar, "day", time) { Unknown = unknownDay },
            new(names[2], names[8], "product", products, "key", product) { Unknown = -1 },
            new(names[3], names[9], "customer", customers, "key", customer) { Unknown = -1, IsVersioned = true },
            new(names[4], names[9], "version", customers, "key", customer) { Unknown = -1, IsVersioned = true, IsThen = true },
            new(names[5], names[10], "place", places, "key", [new("region", "region", MemberType.Text)]) { IsOptional = true },
            new(names[40], names[8], "customer", products, "key", product) { Unknown = -1, Pairs = likes },
            new(names[41], names[43], "agent", agents, "key", agent) { IsTree = true },
            new(names[42], names[43], "agent", agents, "key", agent) { IsTree = true, IsRolledUp = true },
            new(names[6], "", null, null, null,
            [
                new("flag", "flag", MemberType.Flag), new("quantity", "quantity", MemberType.Number), new("back", "quantity < 0", MemberType.Flag),
                new("size", "case when amount > 20 then 'big' when amount > 5 then 'middle' end", MemberType.Text), new("note", "note", MemberType.Text),
            ]),
        ];
    }

    /// <summary>The first role of time is always there, the others more often than not.</summary>
    private static Gen<StarRole[]> Used(StarRole[] roles) =>
        from used in Gen.Choose(0, 9).ArrayOf(roles.Length)
        select roles.Where((_, index) => index == 0 || used[index] < 8).ToArray();

    private static Gen<object?[][]> Facts(int most, int days, DateOnly? unknownDay, int products, object?[][][] versions, int places, int agents) =>
        Rows(Gen.Choose(0, most), key => Fact(key, days, unknownDay, products, [.. versions.SelectMany(version => version).Prepend([-1, -1])], places, agents));

    private static Gen<object?[]> Fact(int key, int days, DateOnly? unknownDay, int products, object?[][] versions, int places, int agents) =>
        from product in Gen.Elements(-1, 1, 2, 3, 4, 5)
        from version in Gen.Elements(versions)
        from place in Gen.Choose(0, places + 1)
        from day in Day(days, unknownDay)
        from shipped in Day(days, unknownDay)
        from amount in Gen.Frequency((1, Gen.Constant<object?>(null)), (7, Gen.Choose(-200, 4000).Select(cents => (object?)(cents / 100m))))
        from quantity in Gen.Choose(-3, 9)
        from flag in Gen.Elements<object?>(true, false, null)
        from note in Gen.Elements(Texts)
        from late in Gen.Choose(0, 40)
        from agent in Gen.Choose(1, agents)
        select new object?[]
        {
            (long)key, product > products ? -1 : product, version[1], version[0], place == 0 ? null : place, day, shipped, amount, quantity, flag, note,
            Midnight(day == unknownDay ? First : day).AddHours(12 + late), agent,
        };

    private static Gen<DateOnly> Day(int days, DateOnly? unknown) => Gen.Frequency(
        (unknown is null ? 0 : 1, Gen.Constant(unknown ?? First)),
        (9, Gen.Choose(0, days).Select(First.AddDays)));

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static Gen<StarMeasure[]> Measures(StarRole[] roles, string[] names) =>
        from count in Gen.Choose(2, 8)
        from measures in Gen.CollectToArray(names.Take(count), name => Measure(name, roles))
        select measures;

    private static Gen<StarMeasure> Measure(string name, StarRole[] roles) =>
        from kind in Gen.Elements(
            "sum", "sum", "count", "count", "min", "max", "avg", "count_distinct", "count_distinct", "members", "median", "percentile", "variance",
            "standard_deviation", "last", "first", "average")
        from number in Gen.Elements("amount", "quantity", "amount * quantity", "-amount", "coalesce(amount, 0) - quantity", "case when flag then amount end")
        from counted in Gen.Elements("amount", "note", "flag", "quantity")
        from member in Gen.Elements(roles.Where(role => role is { On: not null, IsThen: false, IsMany: false }).Select(role => role.Name))
        from at in Gen.Elements(0m, .25m, .9m, 1m)
        from isPer in Gen.Elements(true, false)
        from condition in Gen.Frequency((2, Gen.Constant<string?>(null)), (1, RandomQuestion.Condition(roles, 1, isOfCube: true).Select(text => (string?)text)))
        select kind switch
        {
            "count" => new StarMeasure(name, kind, Counted(counted)) { Where = condition },
            "count_distinct" => new StarMeasure(name, kind, counted) { Where = condition },
            "members" => new StarMeasure(name, "count_distinct", member) { Role = member, Where = condition },
            "percentile" => new StarMeasure(name, kind, number) { At = at, Where = condition },
            "last" or "first" or "average" => new StarMeasure(name, kind, number) { Over = roles[0].Name, Per = isPer ? "customer" : null, Where = condition },
            _ => new StarMeasure(name, kind, number) { Where = condition },
        };

    private static string Counted(string column) => column is "quantity" ? "rows" : column;

    private static Gen<StarRollup[]> Rollups(StarRole[] roles, StarMeasure[] measures)
    {
        string[] kept = [.. measures.Where(measure => measure.Kind is "sum" or "count" or "min" or "max" or "avg" or "count_distinct").Select(measure => measure.Name)];
        return
            from first in RandomQuestion.Some(RandomQuestion.Members(roles.Where(role => !role.IsMany)), 1, 6)
            from second in RandomQuestion.Some(RandomQuestion.Members(roles.Where(role => !role.IsMany)), 0, 3)
            from some in RandomQuestion.Some(kept, kept.Length, kept.Length)
            select kept.Length == 0 ? [] : new StarRollup[] { new("small", second, some), new("large", [.. first.Union(second)], some) };
    }

    private static Gen<(string, string)[]> Derived(StarMeasure[] measures, string[] names) =>
        from forms in Gen.Elements("{0} / {1}", "{0} - {1}", "coalesce({0}, 0) + {1}", "case when {0} > {1} then {0} else {1} end", "100 * {0} / nullif({1}, 0)", "-{0}").ArrayOf(2)
        from left in Gen.Elements(measures)
        from right in Gen.Elements(measures)
        select forms.Select((form, index) => (names[index], string.Format(System.Globalization.CultureInfo.InvariantCulture, form, Star.Quote(left.Name), Star.Quote(right.Name)))).ToArray();
}
