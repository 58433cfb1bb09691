using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Targets;
using Warehouse.Store;
using Warehouse.Testing;

namespace Warehouse.Etl.Tests.Schemas;

/// <summary>What editors are told of feeds is what is read of them.</summary>
public sealed class FeedSchemaTests : IDisposable
{
    private const string Files =
        """
        feed: sales
        enabled: true
        description: Order lines.
        source: {files: [data/a.csv, data/b.csv], format: csv, delimiter: ";", quote: "'", comment: "#", escape: "\\", stray_delimiters: join, encoding: windows-1252, decimal: comma, "null": [NULL, n/a], time_zone: Europe/London, sheet: S, header_row: 2, path: a.b, each: items, table: t, header: [a, b], fill_down: [a, b]}
        identity: shop
        where: "a <> 'x'"
        into: sale
        changes: correct
        history: versions
        duplicates: reject
        reject_limit: 1%
        stop_limit: 0.5
        known: at_event
        columns:
          order_id: {expr: "concat(a, b)", required: true, pattern: "[A-Z]+", one_of: [A, B], none_of: C}
          line_id: 7
          ordered_at: {from: at, format: "%d/%m/%Y", time_zone: Europe/London, past: true}
          changed_at: {from: changed, not_before: ordered_at}
          customer:
          - {from: a, clean: upper, matches: "LC[0-9]+", identity: loyalty}
          - {from: b, clean: [lower, blanks], identity: email}
          product: {from: p, lookup: {A: Apple, B: Bread}, otherwise: Other}
          location: {from: p, lookup: [{file: data/lookup.csv, key: k, value: v, delimiter: ",", encoding: utf-8, stray_delimiters: reject}, {file: [data/lookup.csv, data/lookup*.csv], key: v, value: k, format: csv, quote: "'", comment: "#", escape: "\\", "null": none, sheet: S, header_row: 2, fill_down: [v, k], header: [k, v], path: a.b, each: items, table: t}]}
          quantity: {from: q, min: 0, max: 10, factor: 0.5}
          unit_price: {from: q, one_of: [1, 2.5]}
          is_deleted: {from: op, "true": [D], "false": [I, U]}
          channel: {value: web}
        also:
        - into: customer
          history: latest
          columns: {id: {from: a}, city: {from: city, history: latest}}
          identifiers:
          - {identity: email, from: e, clean: lower, matches: ".+@.+", ties: true}
        """;

    private const string Database =
        """
        source: {postgres: Host=localhost;Database=shop, table: orders, watermark: updated_at}
        identity: crm
        into: consent
        columns: {customer: {from: c, identity: crm}, channel: ch, is_granted: g, stated_at: s}
        """;

    private const string Milestones =
        """
        source: {files: a.csv}
        into: contact
        clears: [agent, resolved_at]
        columns: {contact_id: a, agent: b, resolved_at: c}
        also: {into: contact, clears: all, columns: {contact_id: a, agent: b}}
        """;

    private const string Query =
        """
        source: {postgres: Host=localhost;Database=shop, query: SELECT 1}
        into: consent
        columns: {customer: {from: c, identity: crm}, channel: ch, is_granted: g, stated_at: s}
        """;

    private readonly FreshFolder _folder = new();
    private readonly SchemaAgreement _agreement;

    public FeedSchemaTests()
    {
        _folder.Write(Workspace.FileName, "name: test\ncurrency: GBP\n");
        _folder.Write("data/lookup.csv", "k,v\n");
        var workspace = Workspace.Open(_folder.Path);
        _agreement = new SchemaAgreement(
            Assert.Single(DefinitionSchema.Of(typeof(Feed).Assembly), schema => schema.Name == "feed"),
            text =>
            {
                try
                {
                    _ = FeedReader.Load(workspace, _folder.Write("feeds/f.yaml", text));
                    return [];
                }
                catch (DefinitionException faulty)
                {
                    return faulty.Faults;
                }
            });
    }

    /// <summary>A feed for each target that fills all its columns, but those of which the feed above is an example.</summary>
    private static IEnumerable<string> EveryColumn => TargetCatalogue.All.Select(target =>
        $$"""
        source: {files: a.csv}
        identity: shop
        known: at_event
        into: {{target.Name}}
        {{(target.Fact is null ? "" : "changes: replace\nreplaces: [date]")}}
        columns: { {{string.Join(", ", target.Columns.Select(column => $"{column.Name}: c"))}} }
        """);

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void RightFeeds_AreRightByTheSchemaToo() =>
        _agreement.RequireRight([Files, Database, Query, Milestones, .. EveryColumn, "enabled: false\n", "feed: f\nenabled: false\ninto: sale\ncolumns: {}\n"]);

    [SkippableFact]
    public void Keys_AreTheSameToParserAndSchema() => _agreement.RequireSameKeys([Files, Database, Query, Milestones, .. EveryColumn]);

    [SkippableFact]
    public void KindsOfValues_AreTheSameToParserAndSchema() => _agreement.RequireSameKinds([Files, Database, Milestones, .. EveryColumn]);

    [SkippableFact]
    public void WrongFeeds_AreWrongByTheSchemaToo() => _agreement.RequireWrong([.. WrongFeeds()]);

    private static IEnumerable<string> WrongFeeds()
    {
        const string Right = "source: {files: a.csv}\nidentity: shop\ninto: product\ncolumns: {id: a}\n";
        yield return "into: product\ncolumns: {id: a}\n";
        yield return "source: {files: a.csv}\ncolumns: {id: a}\n";
        yield return "source: {files: a.csv}\ninto: product\n";
        yield return "source: {files: a.csv}\ninto: product\ncolumns: {name: a}\n";
        yield return Right.Replace("product", "produkt", StringComparison.Ordinal);
        yield return Right + "duplicates: drop\n";
        yield return Right + "reject_limit: 2\n";
        yield return Right + "known: always\n";
        yield return Right + "changes: swap\n";
        yield return Right + "history: all\n";
        yield return Right + "enabled: perhaps\n";
        yield return Right + "also: {into: product}\n";
        yield return Right + "identifiers: [{identity: email}]\n";
        foreach (var source in new[]
        {
            "{}", "{files: a, format: xls}", "{files: a, decimal: dot}", "{files: a, stray_delimiters: keep}", "{files: a, delimiter: ab}", "{files: a, delimiter: pipe}", "{files: a, delimiter: \"     \"}", "{files: a, delimiter: \"  \"}", "{files: a, delimiter: é}",
            "{files: a, header_row: 0}", "{files: a, header_row: one}", "{files: a, watermark: w}", "{postgres: Host=a}",
            "{postgres: Host=a, table: t, query: q}", "{file: a}",
        })
        {
            yield return Right.Replace("{files: a.csv}", source, StringComparison.Ordinal);
        }

        foreach (var column in new[]
        {
            "{}", "{from: a, expr: b}", "{from: a, value: b}", "{value: b, clean: lower}", "{from: a, clean: bigger}", "{from: a, otherwise: b}",
            "{from: a, format: \"%Y\"}", "{from: a, min: 1}", "{from: a, \"true\": [y]}", "{from: a, required: perhaps}", "{from: a, lookup: {file: x}}",
            "{from: a, identity: crm}", "[a]", "[{from: a, min: 1}]",
        })
        {
            yield return Right.Replace("{id: a}", $"{{id: a, name: {column}}}", StringComparison.Ordinal);
        }

        yield return Right.Replace("{id: a}", "{id: a, list_price: {from: a, min: cheap}}", StringComparison.Ordinal);
        yield return Right.Replace("{id: a}", "{id: a, list_price: {from: a, factor: 2e9}}", StringComparison.Ordinal);
        yield return "source: {files: a.csv}\ninto: sale\ncolumns: {order_id: a, ordered_at: a, customer: {value: x, identity: crm}, product: a, quantity: a, unit_price: a}\n";
        yield return "source: {files: a.csv}\ninto: sale\ncolumns: {order_id: {from: a, history: latest}, ordered_at: a, product: a, quantity: a, unit_price: a}\n";
    }
}
