using Warehouse.Definitions;
using Warehouse.Etl.Conform.Identities;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Quality.Audits;
using Warehouse.Etl.Quality.Profiles;
using Warehouse.Store;
using Warehouse.Testing;

namespace Warehouse.Etl.Tests.Schemas;

/// <summary>What editors are told of checks, identity and profiles is what is read of them.</summary>
public sealed class RuleSchemaTests : IDisposable
{
    private const string Checks =
        """
        table: star.fact_sale
        checks:
        - {unique: [order_id, line_id], severity: stop, name: lines, at_most: 5}
        - {required: cost_amount, severity: warn, at_most: 5%, name: cost}
        - {column: quantity, min: -100, max: 1000, name: q, severity: warn, at_most: 1}
        - {column: currency, one_of: [GBP, EUR]}
        - {column: order_id, pattern: "[A-Z0-9-]+"}
        - {column: order_id, type: whole}
        - {reference: location_key, to: star.dim_location.location_key, name: l, severity: error, at_most: 0}
        - {band: rows, least: 50%, most: 200%, last: 7, name: b, severity: warn, at_most: 0}
        - {fresh: ordered_at, days: 3, name: f, severity: warn, at_most: 0}
        - {sql: unpaid.sql, name: orders nobody paid, severity: stop, at_most: 3}
        """;

    private const string Identity =
        """
        rules:
        - match: email
        - {match: [phone, given_name], unless_different: birth_year, at_most: 4}
        survivors:
          email: [web, crm]
          phone: crm
          occupation: complete
          city: latest
          given_name: latest
          family_name: latest
          street: latest
          postcode: latest
          region: latest
          country: latest
          birth_year: latest
          gender: latest
          household_id: latest
          language: latest
          acquisition_channel: latest
          registered_on: latest
          confirmed_on: latest
          is_test: latest
        decisions:
        - {same: [crm:C17, web:W204], because: told us on the phone, by: anna, at: "2026-06-01T12:00:00Z"}
        - {different: [crm:C3, crm:C8], because: father and son}
        """;

    private readonly FreshFolder _folder = new();
    private readonly Workspace _workspace;

    public RuleSchemaTests()
    {
        _folder.Write(Workspace.FileName, "name: test\ncurrency: GBP\n");
        _folder.Write("checks/unpaid.sql", "SELECT 1");
        _folder.Write("feeds/sales.yaml", "source: {files: a}\ninto: sale\ncolumns: {order_id: a, ordered_at: a, product: a, quantity: a, unit_price: a}\n");
        _workspace = Workspace.Open(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Checks_AgreeWithTheirSchema()
    {
        var agreement = Agreement("checks", "checks/c.yaml", () => AuditCatalogue.Read(_workspace));
        agreement.RequireRight(Checks, "checks: [{sql: unpaid.sql}]", "feed: sales\nchecks: [{required: a}]\n");
        agreement.RequireSameKeys(Checks, "feed: sales\nchecks: [{required: a}]\n");
        agreement.RequireSameKinds(Checks);
        agreement.RequireWrong(
            "table: t\nchecks: [{}]\n",
            "table: t\nchecks: [{column: a}]\n",
            "table: t\nchecks: [{column: a, min: low}]\n",
            "table: t\nchecks: [{column: a, one_of: [b], min: 1}]\n",
            "table: t\nchecks: [{column: a, type: colour}]\n",
            "table: t\nchecks: [{reference: a}]\n",
            "table: t\nchecks: [{reference: a, to: b}]\n",
            "table: t\nchecks: [{required: a, severity: fatal}]\n",
            "table: t\nchecks: [{required: a, at_most: few}]\n",
            "table: t\nchecks: [{fresh: a, days: -1}]\n",
            "table: t\nchecks: [{required: a, unique: b}]\n");
    }

    [SkippableFact]
    public void Identity_AgreesWithItsSchema()
    {
        var agreement = Agreement("identity", IdentityDefinition.FileName, () => IdentityDefinition.Read(_workspace, ["crm", "web"]));
        agreement.RequireRight(Identity);
        agreement.RequireSameKeys(Identity);
        agreement.RequireSameKinds(Identity);
        agreement.RequireWrong(
            "rules: [{unless_different: email}]\n",
            "rules: [{match: email, at_most: 1}]\n",
            "decisions: [{same: [a:1, b:2]}]\n",
            "decisions: [{same: [a:1], because: b}]\n",
            "decisions: [{same: [a:1, b], because: b}]\n",
            "decisions: [{same: [a:1, b:2], different: [a:1, b:2], because: b}]\n",
            "decisions: [{same: [a:1, b:2], because: b, at: noon}]\n",
            "decisions: [{because: b}]\n");
    }

    [SkippableFact]
    public void Profile_AgreesWithItsSchema()
    {
        var agreement = Agreement("profile", ProfileAges.FileName, () => ProfileAges.Read(_workspace));
        agreement.RequireRight("city: 10\noccupation=student: 3\nlanguage: 0.5\n");
        agreement.RequireWrong("town: 10\n", "city: 0\n", "city: long\n", "city: 1001\n", "city: [1]\n");
    }

    private SchemaAgreement Agreement(string name, string file, Func<object> read) => new(
        Assert.Single(DefinitionSchema.Of(typeof(Feed).Assembly), schema => schema.Name == name),
        text =>
        {
            _folder.Write(file, text);
            try
            {
                _ = read();
                return [];
            }
            catch (DefinitionException faulty)
            {
                return faulty.Faults;
            }
        });
}
