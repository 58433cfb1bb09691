using System.Text;
using System.Text.Json;
using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Fuzz;

/// <summary>
/// Whatever is asked, and whatever a model says: the answer is one or a fault of a user's type, no statement but one SELECT of the
/// model's own tables is made, and nothing crashes or hangs.
/// </summary>
public class FuzzTests
{
    private const int MostTold = 5;

    private readonly List<string> _broken = [];

    private static readonly int Times = Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") is "1" ? 100 : 1;

    private static readonly string Shared = Shop.Shared.Replace(
        "attributes: [name, category]", "attributes: [name, category]\n    members: { shelf: { of: name, is: { all: mug + pan, more: all + lamp, less: mug - lamp } } }", StringComparison.Ordinal);

    /// <summary>Not how long it may take, but what would be a hang.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(3);

    private static readonly HashSet<string> Tables = ["star.fact_sale", "star.fact_contact", "star.dim_date", "star.dim_product", "star.dim_customer"];

    [Fact]
    public void Expressions_AreReadOrRefused_AndSayThemselvesAgain()
    {
        for (var seed = 0; seed < 20_000 * Times; seed++)
        {
            var fragments = new Fragments(seed);
            var text = seed % 3 == 0 ? fragments.Soup() : seed % 3 == 1 ? fragments.Condition() : fragments.Measure();
            try
            {
                var expression = ExpressionParser.Parse(text);
                var said = expression.ToString();
                if (said.Length < 15_000)
                {
                    Assert.Equal(said, ExpressionParser.Parse(said).ToString());
                }
            }
            catch (ExpressionSyntaxException fault)
            {
                Assert.InRange(fault.Position, 0, text.Length);
            }
        }
    }

    [Fact]
    public async Task Questions_AreAnsweredOrRefused_ByOneSelectOfTheModelsTables()
    {
        await using var shop = await CubeTest.Create(Shop.Tables, Shared, Shop.Sales, Shop.Contacts);
        var before = await shop.Rows("SELECT count(*), sum(sale_key) FROM star.fact_sale");
        var answered = 0;
        for (var seed = 0; seed < 1_000 * Times; seed++)
        {
            var texts = Question(new Fragments(seed));
            answered += await Try(shop, () => texts.Parse(), Tables, $"seed {seed}: {texts}") ? 1 : 0;
        }

        RequireNoneBroken();
        Assert.True(answered > 100 * Times, $"{answered} were answered: the others try nothing but faults.");
        Assert.Equal(before, await shop.Rows("SELECT count(*), sum(sale_key) FROM star.fact_sale"));
    }

    [Fact]
    public async Task Drills_AreAnsweredOrRefused()
    {
        await using var shop = await CubeTest.Create(Shop.Tables, Shared, Shop.Sales, Shop.Contacts);
        for (var seed = 0; seed < 150 * Times; seed++)
        {
            var fragments = new Fragments(seed);
            var texts = Question(fragments);
            var (level, member) = (fragments.Member(), fragments.Of("kitchen", "2011", "2011-01", "", "Oslo", fragments.Attack()));
            await Typed(
                async () =>
                {
                    var query = await shop.Engine.DrillDownAsync(texts.Parse(), level, member, CubeAccess.Everything);
                    await shop.Engine.QueryAsync(query).WaitAsync(Hang);
                    await shop.Engine.QueryAsync(Drilling.Up(shop.Engine.Model, query, fragments.Of("product", "date", "customer", fragments.Attack()))).WaitAsync(Hang);
                },
                $"seed {seed}: {level}={member} of {texts}");
        }

        RequireNoneBroken();
    }

    [Fact]
    public async Task Files_AreAnsweredOrRefused()
    {
        await using var shop = await Shop.Create();
        for (var seed = 0; seed < 400 * Times; seed++)
        {
            var fragments = new Fragments(seed);
            var question = Question(fragments);
            var fields = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["cube"] = question.Cube,
                ["measures"] = question.Measures,
                ["by"] = question.By,
                ["where"] = question.Where,
                ["order"] = question.Order,
                ["totals"] = question.Totals,
                ["limit"] = fragments.Chance(80) ? 3 : fragments.Attack(),
                ["pivot"] = question.Pivot,
            };
            var file = fragments.Chance(50)
                ? JsonSerializer.Serialize(fields.Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal))
                : string.Concat(fields.Where(field => field.Value is not null).Select(field => $"{field.Key}: {field.Value}\n"));
            var broken = fragments.Chance(30) ? file.Insert(fragments.Upto(file.Length + 1), fragments.Attack()) : file;
            await Try(shop, () => QueryFile.Parse(broken, "q.yaml"), Tables, $"seed {seed}: {broken}");
        }

        RequireNoneBroken();
    }

    [Fact]
    public async Task Models_AreReadOrRefused_AndWhatTheySayIsNoSql()
    {
        for (var seed = 0; seed < 150 * Times; seed++)
        {
            var fragments = new Fragments(seed);
            string[] files = [.. new[] { Shared, Shop.Sales, Shop.Contacts }.Select(file => Broken(file, fragments))];
            CubeModel model;
            try
            {
                model = CubeModel.Parse(files.Select((text, index) => ($"{index}.yaml", text)));
            }
            catch (UserFaultException)
            {
                continue;
            }

            await using var shop = await CubeTest.Create(Shop.Tables, files);
            var tables = model.Cubes.Values.SelectMany(cube => cube.Roles.Values.Select(role => role.Dimension.Table).Append(cube.Table))
                .Where(table => table is not null).Select(table => table!.Path).ToHashSet(StringComparer.Ordinal);
            foreach (var cube in model.Cubes.Values)
            {
                foreach (var measure in cube.Measures.Keys.Take(3))
                {
                    CubeQuery Everything(IReadOnlyList<Name> by) => new() { Cube = cube.Name, Measures = [new QueryMeasure(measure, QueryExpression.Parse("measures", new Name(measure).ToString()))], By = by };
                    await Try(shop, () => Everything([]), tables, $"seed {seed}: {cube.Name}.{measure}\n{string.Join("\n", files)}");
                    var members = cube.Roles.Values.SelectMany(role => role.Dimension.Attributes.Keys.Select(field => new Name(role.Name, field))).Take(4);
                    await Try(shop, () => Everything([.. members]), tables, $"seed {seed}: {cube.Name}.{measure} by members\n{string.Join("\n", files)}");
                }
            }

            await Typed(async () => await shop.Engine.AuditAsync(), $"seed {seed}: audit\n{string.Join("\n", files)}");
        }

        RequireNoneBroken();
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { "brackets", new string('(', 9_999) + "lines" + new string(')', 9_999) },
        { "a row of operators", string.Join(" + ", Enumerable.Repeat("lines", 2_400)) },
        { "rows within rows", Repeat("(lines + lines + lines + lines + {0})", "lines", 90) },
        { "signs", new string('-', 19_990) + "1" },
        { "nots", string.Concat(Enumerable.Repeat("not ", 4_900)) + "lines" },
        { "said twice", Repeat("change({0}, month)", "lines", 90) },
        { "said twice by share", Repeat("share({0})", "lines", 90) },
        { "stretches", Repeat("rolling({0}, 100000 years)", "lines", 90) },
        { "cases", Repeat("case when {0} > 1 then 2 else {0} end", "lines", 12) },
        { "a long list", $"coalesce({string.Join(", ", Enumerable.Repeat("1", 9_000))})" },
        { "a long number", new string('9', 19_000) },
        { "a long name", $"\"{new string('x', 19_000)}\"" },
        { "nothing", "" },
        { "NUL", "lines\0" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task Bombs_AreDefused(string name, string measure)
    {
        await using var shop = await Shop.Create();
        await Try(shop, () => new QueryTexts { Cube = "sales", Measures = $"{measure} as x", By = "date.month", Where = "date.year = 2011" }.Parse(), Tables, name);
        await Try(shop, () => new QueryTexts { Cube = "sales", Measures = "lines", Where = measure }.Parse(), Tables, name);
        await Try(shop, () => new QueryTexts { Cube = "sales", Measures = "lines", Having = measure }.Parse(), Tables, name);
        RequireNoneBroken();
    }

    [Fact]
    public async Task ShortQuestions_ThatWouldGrowBeyondAllBounds_AreRefused()
    {
        await using var shop = await Shop.Create();
        var doubled = string.Join(", ", Enumerable.Range(0, 60).Select(place => $"{(place == 0 ? "lines" : $"x{place - 1}")} + {(place == 0 ? "lines" : $"x{place - 1}")} as x{place}"));
        var members = string.Join(", ", new[] { "name", "category" }.Select(field => $"product.{field}").Concat(["customer.city", "customer.key", "customer_then.city", "customer_then.key", "date.day", "date.week", "date.month", "date.quarter", "date.year", "line.order_id", "line.is_return"]));
        foreach (var query in new QueryTexts[]
        {
            new() { Cube = "sales", Measures = doubled },
            new() { Cube = "sales", Measures = "lines", By = members, Totals = "cube" },
            new() { Cube = "sales", Measures = "lines", Where = Repeat("not (({0}) in (true))", "line.is_return", 90) },
        })
        {
            await Assert.ThrowsAnyAsync<UserFaultException>(() => shop.Engine.QueryAsync(query.Parse()).WaitAsync(Hang));
        }
    }

    [Theory]
    [InlineData("filters: { a: not b, b: not a }", "lines", "a")]
    [InlineData("filters: { a: b and b, b: c and c, c: d and d, d: e and e, e: f and f, f: g and g, g: h and h, h: i and i, i: j and j, j: k and k, k: l and l, l: kitchen and kitchen, kitchen: product.name = 'mug' }", "lines", "a")]
    public async Task Filters_ThatLeadBackToThemselves_OrGrow_AreRefused(string filters, string measure, string where)
    {
        var sales = Shop.Sales.Replace("filters:\n  kitchen: product.category = 'kitchen'", filters, StringComparison.Ordinal);
        await using var shop = await CubeTest.Create(Shop.Tables, Shop.Shared, sales, Shop.Contacts);

        await Assert.ThrowsAnyAsync<UserFaultException>(() => shop.Engine.QueryAsync(new QueryTexts { Cube = "sales", Measures = measure, Where = where }.Parse()).WaitAsync(Hang));
    }

    [Fact]
    public async Task Definitions_ThatLeadBackToThemselves_AreRefused()
    {
        var sales = Shop.Sales.Replace("line: { attributes: { order_id: ,", "line: { attributes: { ring: line.round , round: line.ring , order_id: ,", StringComparison.Ordinal) + "\n  there: { is: contacts.back }\n";
        await using var shop = await CubeTest.Create(Shop.Tables, Shop.Shared, sales, Shop.Contacts + "\n  back: { is: sales.there }\n");

        await Assert.ThrowsAnyAsync<UserFaultException>(() => shop.Ask(new QueryTexts { Cube = "sales", Measures = "there" }));
        await Assert.ThrowsAnyAsync<UserFaultException>(() => shop.Ask(new QueryTexts { Cube = "sales", Measures = "lines", By = "line.ring" }));
    }

    [Fact]
    public async Task AChainOfTenThousandMeasures_IsReadOrRefused()
    {
        var chain = new StringBuilder(Shop.Sales).Append('\n');
        for (var place = 0; place < 10_000; place++)
        {
            chain.Append(System.Globalization.CultureInfo.InvariantCulture, $"  c{place}: {{ is: {(place == 0 ? "lines" : $"c{place - 1}")} + 1 }}\n");
        }

        await Typed(
            async () =>
            {
                await using var shop = await CubeTest.Create(Shop.Tables, Shop.Shared, chain.ToString(), Shop.Contacts);
                Assert.Equal(16L, Convert.ToInt64((await shop.Ask(new QueryTexts { Cube = "sales", Measures = "c9" })).Rows[0].Values[0], System.Globalization.CultureInfo.InvariantCulture));
                await shop.Ask(new QueryTexts { Cube = "sales", Measures = "c9999" });
            },
            "a chain");
        RequireNoneBroken();
    }

    private static QueryTexts Question(Fragments fragments)
    {
        var by = fragments.Chance(80) ? fragments.List(fragments.Member) : null;
        return new QueryTexts
        {
            Cube = fragments.Chance(95) ? "sales" : fragments.Attack(),
            Measures = fragments.List(() => fragments.Measure() + (fragments.Chance(60) ? $" as m{fragments.Upto(100)}" : fragments.Chance(10) ? $" as {fragments.Attack()}" : "")),
            By = by,
            Where = fragments.Chance(60) ? fragments.Condition() : null,
            Having = fragments.Chance(10) ? $"{fragments.Measure()} > {(fragments.Chance(80) ? "1" : fragments.Attack())}" : null,
            Order = fragments.Chance(20) ? $"{fragments.Measure()} desc" : null,
            Top = fragments.Chance(10) ? $"top {fragments.Upto(4)} {fragments.Member()} by {fragments.Measure()}" : null,
            Totals = fragments.Chance(40) ? fragments.Of("grand", "rollup", "cube", "", "none", $"({fragments.Member()}), ()", fragments.Attack()) : null,
            Pivot = fragments.Chance(10) ? fragments.Member() : null,
            Limit = fragments.Chance(20) ? fragments.Upto(5) - 1 : null,
            IsDense = fragments.Chance(5),
            AsOf = fragments.Chance(10) ? fragments.Of("2011-03-01", "0001-01-01", "9999-12-31", "2011-02-30", fragments.Attack()) : null,
        };
    }

    private static string Broken(string file, Fragments fragments)
    {
        var lines = file.Split('\n');
        for (var change = 1 + fragments.Upto(3); change > 0; change--)
        {
            var line = fragments.Upto(lines.Length);
            var words = lines[line].Split(' ');
            var word = fragments.Upto(words.Length);
            words[word] = fragments.Upto(5) switch
            {
                0 => fragments.Attack(),
                1 => $"'{fragments.Attack().Replace("'", "''", StringComparison.Ordinal)}'",
                2 => words[word] + fragments.Attack(),
                3 => $"\"{fragments.Soup().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
                _ => "",
            };
            lines[line] = string.Join(' ', words);
        }

        return string.Join('\n', lines);
    }

    private static string Repeat(string around, string inner, int times)
    {
        for (var time = 0; time < times && inner.Length < 18_000; time++)
        {
            inner = around.Replace("{0}", inner, StringComparison.Ordinal);
        }

        return inner;
    }

    /// <summary>Asks; true where there was an answer.</summary>
    private async Task<bool> Try(CubeTest test, Func<CubeQuery> parse, IReadOnlySet<string> tables, string what)
    {
        var answered = false;
        await Typed(
            async () =>
            {
                var query = parse();
                var explanation = await test.Engine.ExplainAsync(query).WaitAsync(Hang);
                await IntendedSql.Require(test, explanation.Sql, tables);
                await test.Engine.QueryAsync(query).WaitAsync(Hang);
                answered = true;
            },
            what);
        return answered;
    }

    private async Task Typed(Func<Task> work, string what)
    {
        try
        {
            await work();
        }
        catch (UserFaultException)
        {
            // As it should be: a fault that says what was wrong.
        }
        catch (Exception other)
        {
            _broken.Add($"{what}\n{other.GetType()}: {other.Message}\n{other.StackTrace}");
        }

        if (_broken.Count == MostTold)
        {
            RequireNoneBroken();
        }
    }

    private void RequireNoneBroken() => Assert.True(_broken.Count == 0, string.Join("\n\n", _broken));
}
