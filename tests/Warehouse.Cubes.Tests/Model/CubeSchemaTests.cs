using Warehouse.Cubes.Query;
using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Cubes.Tests.Model;

/// <summary>What editors are told of cubes and of questions in files is what is read of them.</summary>
public class CubeSchemaTests
{
    private const string Cube = """
        cube: sales
        caption: { en: Sales, de: Verkauf }
        description: One row per line.
        owner: analytics
        table: star.fact_sale
        key: sale_key
        known_at: known_at
        history: { table: star.sale_version, until: known_to }
        time: date
        dimensions:
          date: date_key
          again: { dimension: date, on: shipped_on, optional: true, as: now }
          standing_then: { dimension: standing, on: customer_key, as: then, by: date }
          interest:
            on: customer_key
            table: interest
            key: interest_key
            caption: Interest
            description: What a customer likes.
            versions: { key: version_key, from: valid_from, to: valid_to, current: is_current }
            unknown: -1
            attributes: { name: , kind: upper(kind), size: { column: big, caption: Size, format: "0", description: How big. }, half: { is: big / 2 } }
            bridge: { table: customer_interest, from: customer_key, to: interest_key, weight: share, versions: { from: since, to: until, current: holds } }
            optional: false
          line: { attributes: [order_id, quantity], members: { range: { of: order_id, is: { both: A + B } } }, caption: Line, description: The line itself., hierarchies: { lines: [order_id] } }
          known: { attributes: [known_at], time: true, key: known_on, unknown: 0001-01-01 }
        filters: { large: line.quantity > 10 }
        measures:
          net_sales: { sum: amount, format: "#,##0.00", unit: EUR, caption: { en: Net sales }, description: Without tax., owner: finance, where: amount > 0 }
          lines: { count: rows }
          orders: { count_distinct: order_id }
          roughly: { approx_count_distinct: order_id }
          least: { min: amount }
          most: { max: amount }
          mean: { avg: amount }
          middle: { median: amount }
          high: { percentile: amount, at: 0.9 }
          spread: { variance: amount }
          deviation: { standard_deviation: amount }
          stock: { last: amount, over: date, per: order_id, where: amount > 0 }
          opening: { first: amount, over: date }
          usual: { average: amount, over: date }
          per_order: { is: net_sales / orders }
          per_line: { avg: net_sales, include: [line.order_id] }
          ninth: { percentile: net_sales, at: 0.9, include: line.order_id }
        rollups:
          monthly: { table: mart.monthly, by: [date.month], measures: [lines] }
        details: [order_id, amount]
        parameters:
          least_amount: { type: number, default: 5, description: From where on. }
        """;

    private const string Shared = """
        dimensions:
          date:
            table: star.dim_date
            key: date_key
            caption: Date
            unknown: 0001-01-01
            time: { fiscal_year_starts: 4 }
            attributes: [weekday]
            members: { part: { of: weekday, caption: Part of the week, description: Which days., is: { end: 6 + 7, rest: end - 7 } } }
            hierarchies: { calendar: [year, month, day] }
          standing:
            table: mart.customer_snapshot
            key: customer_key
            snapshots: { list: mart.snapshot, at: as_of, key: snapshot_key, each: segment, made_by: warehouse snapshot }
            attributes: [tier]
          older: { table: a.b.c, key: id, snapshots: as_of, time: true, attributes: { shown: { is: id, unit: month } } }
          agent:
            table: agent
            key: agent_key
            attributes: [name]
            parent: { column: lead_key, label: name, levels: [head, clerk] }
        parameters:
          day: { type: day }
        roles:
          north: { cubes: { tiny: line.city = 'York' }, hidden: [tiny.rows], masked: { line.city: all } }
        """;

    private const string Tiny = "cube: tiny\ntable: t\ndimensions: { line: { attributes: [city] } }\nmeasures: { rows: { count: rows } }\n";

    /// <summary>So that a text in the place of any dimension joins one of its name.</summary>
    private const string Alike = """
        dimensions:
          again: { table: t, key: k }
          standing_then: { table: t, key: k }
          interest: { table: t, key: k }
          line: { table: t, key: k }
          known: { table: t, key: k }
        """;

    private const string Question = """
        cube: sales
        measures: [net_sales, orders]
        by: [date.month, product.name]
        where: date.year = 2025
        having: net_sales > 10
        order: [net_sales desc]
        limit: 10
        offset: 2
        top: top 5 product.name by net_sales
        totals: rollup
        dense: true
        pivot: date.month
        as_of: 2025-06-30
        compare: vip vs rest
        parameters: { threshold: 5, own: { type: number, default: 1, description: A number. } }
        """;

    [SkippableFact]
    public void CubeAndSharedDefinitions_AgreeWithTheirSchema()
    {
        var agreement = new SchemaAgreement(Schema("cube"), text => Faults(() => CubeModel.Parse(
            text.Contains("\"cube\"", StringComparison.Ordinal) || text.StartsWith("cube:", StringComparison.Ordinal)
                ? [("cubes/shared.yaml", Shared), ("cubes/alike.yaml", Alike), ("cubes/tiny.yaml", Tiny), ("cubes/cube.yaml", text)]
                : [("cubes/shared.yaml", text), ("cubes/tiny.yaml", Tiny)])));
        agreement.RequireRight(Cube, Shared);
        agreement.RequireSameKeys(Cube, Shared);
        agreement.RequireSameKinds(Cube, Shared);
        agreement.RequireWrong(
            "cube: a.b\ntable: t\n",
            "cube: a\n",
            "cube: a\ntable: a.b.c.d\n",
            "cube: a\ntable: t\nhistory: { table: u, until: v }\n",
            "cube: a\ntable: t\nmeasures: { m: { } }\n",
            "cube: a\ntable: t\nmeasures: { m: { sum: a, count: rows } }\n",
            "cube: a\ntable: t\nmeasures: { m: { percentile: a } }\n",
            "cube: a\ntable: t\nmeasures: { m: { percentile: a, at: 2 } }\n",
            "cube: a\ntable: t\nmeasures: { m: { last: a } }\n",
            "cube: a\ntable: t\nmeasures: { \"m.n\": { sum: a } }\n",
            "cube: a\ntable: t\nmeasures: { m: { approx_count_distinct: a, include: b.c } }\n",
            "cube: a\ntable: t\ndimensions: { date: { on: d, as: later } }\n",
            "cube: a\ntable: t\ndimensions: { x: { attributes: [a], parent: { column: p, label: a } } }\n",
            "cube: a\ntable: t\ndimensions: { x: { attributes: [a], versions: { key: k, from: f, to: t, current: c } } }\n",
            "cube: a\ntable: t\nparameters: { p: { type: word } }\n",
            "dimensions: { d: { table: t } }\n",
            "dimensions: { d: { table: t, key: k, time: { fiscal_year_starts: 13 } } }\n",
            "dimensions: { d: { table: t, key: k, attributes: [a], members: { m: { of: a } } } }\n",
            "dimensions: { d: { table: t, key: k, attributes: { a: { unit: decade } } } }\n",
            "roles: { r: { hidden: [a] } }\n");
    }

    [SkippableFact]
    public void Questions_AgreeWithTheirSchema()
    {
        var agreement = new SchemaAgreement(Schema("query"), text => Faults(() => QueryFile.Parse(text, "q.yaml")));
        agreement.RequireRight(Question, "cube: sales\nmeasures: net_sales, orders\n");
        agreement.RequireSameKeys(Question);
        agreement.RequireSameKinds(Question);
        agreement.RequireWrong(
            "measures: [a]\n", "cube: a\n", "cube: a\nmeasures: b\nlimit: -1\n", "cube: a\nmeasures: b\nas_of: yesterday\n", "cube: a\nmeasures: b\ndense: 3\n",
            "cube: a\nmeasures: b\nparameters: { p: { type: decade } }\n");
    }

    private static DefinitionSchema Schema(string name) =>
        Assert.Single(DefinitionSchema.Of(typeof(CubeModel).Assembly), schema => schema.Name == name);

    private static IReadOnlyList<DefinitionFault> Faults(Action read)
    {
        try
        {
            read();
            return [];
        }
        catch (DefinitionException faulty)
        {
            return faulty.Faults;
        }
        catch (WrongCommandException wrong)
        {
            return [new DefinitionFault("", 1, 1, wrong.Message)];
        }
    }
}
