using Warehouse.Definitions;
using Warehouse.Etl.Loading;
using Warehouse.Testing;

namespace Warehouse.Etl.Tests.Identities;

/// <summary>Who is taken for one person, why, and how it is undone.</summary>
public sealed class IdentityTests : EtlTest
{
    private const string Crm = "source: {files: \"data/crm*.csv\"}\nidentity: crm\ninto: customer\ncolumns: {id: id, given_name: given, family_name: family, email: email, phone: phone, postcode: postcode, city: city, birth_year: born}\nidentifiers:\n- {identity: loyalty, from: card}";
    private const string Web = "source: {files: \"data/web*.csv\"}\nidentity: web\ninto: customer\ncolumns: {id: id, given_name: given, family_name: family, email: email, phone: phone, postcode: postcode}";
    private const string CrmHeader = "id,given,family,email,phone,postcode,city,born,card\n";
    private const string WebHeader = "id,given,family,email,phone,postcode\n";

    private const string Rules =
        """
        rules:
        - match: loyalty
        - match: email
        - {match: [phone, given_name], unless_different: birth_year}
        - {match: [given_name, family_name, postcode], at_most: 3}
        """;

    /// <summary>The identifiers of each person, and the customers that the facts are of.</summary>
    private const string Persons =
        "SELECT string_agg(source || ':' || source_id, ' ' ORDER BY source, source_id) FROM star.customer_identity GROUP BY customer_key ORDER BY 1";

    private const string SalesOfPersons =
        """
        SELECT sale.order_id, (SELECT min(source || ':' || source_id) FROM star.customer_identity WHERE customer_key = sale.customer_key), customer.city
        FROM star.fact_sale AS sale JOIN star.dim_customer AS customer USING (customer_version_key)
        ORDER BY 1
        """;

    [Fact]
    public async Task Rules_FindOnePerson_InWhateverOrderSourcesArrive()
    {
        string[] feeds = ["crm", "sales", "web"];
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        foreach (var order in orders)
        {
            await using var other = new Another();
            await other.InitializeAsync();
            Write(other.Folder);
            foreach (var place in order)
            {
                await other.LoadAsync(feeds[place]);
            }

            Assert.Equal(
                ["crm:C1 loyalty:L1 web:W1", "crm:C2 email:bo@x.org web:W2", "crm:C3", "crm:C4", "web:W3", "web:W5"],
                await other.RowsAsync(Persons));
            Assert.Equal(["A | crm:C1 | York", "B | crm:C2 | Bath", "C | crm:C1 | York", "D | crm:C3 | Hull"], await other.RowsAsync(SalesOfPersons));
            Assert.Equal(["0"], await other.RowsAsync(Star.StrayVersions));
            Assert.Equal(["0"], await other.RowsAsync("SELECT count(*) FROM star.dim_customer WHERE customer_key >= 0 AND customer_key NOT IN (SELECT customer_key FROM star.customer_identity)"));
        }
    }

    [Fact]
    public async Task Link_SaysWhichRuleAndWhichRows_AndSurvivorsTheirSource()
    {
        Write(Warehouse.Folder);
        await LoadAsync();
        Assert.Equal(
            ["crm:C1 | web:W1 | same phone and given_name | 123456789 ann | 2 | 2", "crm:C2 | email:bo@x.org | same email | bo@x.org | 3 | 3", "crm:C2 | web:W2 | same email | bo@x.org | 3 | 3"],
            await RowsAsync(
                """
                SELECT one.source || ':' || one.source_id, other.source || ':' || other.source_id, link.rule, link.matched, one.source_line, other.source_line
                FROM star.identity_link AS link
                JOIN star.customer_identity AS one USING (identity_key)
                JOIN star.customer_identity AS other ON other.identity_key = link.other_identity_key
                ORDER BY ALL
                """));
        Assert.Equal("York | crm | C1", await RowAsync(
            "SELECT value, survivor.source, survivor.source_id FROM star.customer_survivor AS survivor JOIN star.customer_identity AS identity USING (customer_key) WHERE attribute = 'city' AND identity.source = 'web' AND identity.source_id = 'W1'"));
    }

    [Fact]
    public async Task Decisions_JoinAndPart_AndAreUndoneWhenTheyAreGone()
    {
        Write(Warehouse.Folder);
        await LoadAsync();
        var before = await RowsAsync(Persons);
        var keys = await RowsAsync("SELECT source, source_id, customer_key FROM star.customer_identity ORDER BY ALL");
        var sales = await RowsAsync(SalesOfPersons);
        Warehouse.Folder.Write("identity.yaml", Rules + "\ndecisions:\n- {same: [crm:C3, web:W5], because: told us on the phone}\n- {different: [crm:C1, web:W1], because: father and son}\n- {different: [crm:C1, loyalty:L1], because: the card is his wife's}\n");
        Assert.NotNull((await LoadAsync()).Generation);
        Assert.Equal(
            ["crm:C1", "crm:C2 email:bo@x.org web:W2", "crm:C3 web:W5", "crm:C4 web:W1", "loyalty:L1", "web:W3"],
            await RowsAsync(Persons));
        Assert.Contains("C | loyalty:L1 | NULL", await RowsAsync(SalesOfPersons));
        Assert.Equal("decided: told us on the phone", await RowAsync("SELECT rule FROM star.identity_link WHERE rule LIKE 'decided%'"));
        Assert.Null((await LoadAsync()).Generation);
        Warehouse.Folder.Write("identity.yaml", Rules);
        await LoadAsync();
        Assert.Equal(before, await RowsAsync(Persons));
        Assert.Equal(keys, await RowsAsync("SELECT source, source_id, customer_key FROM star.customer_identity ORDER BY ALL"));
        Assert.Equal(sales, await RowsAsync(SalesOfPersons));
        Assert.Equal(["0"], await RowsAsync(Star.StrayVersions));
    }

    [Fact]
    public async Task ValueThatManyShare_IdentifiesNobody()
    {
        Feed("crm", Crm);
        Warehouse.Folder.Write("identity.yaml", "rules:\n- {match: phone, at_most: 2}\n");
        Data("crm.csv", CrmHeader + "C1,,,,0800 1,,,,\nC2,,,,08001,,,,\nC3,,,,0800-1,,,,\nC4,,,,0700,,,,\nC5,,,,0700,,,,\n");
        await LoadAsync();
        Assert.Equal(["crm:C1", "crm:C2", "crm:C3", "crm:C4 crm:C5"], await RowsAsync(Persons));
    }

    [Fact]
    public async Task Consent_IsNeverMoreThanEachGave()
    {
        Write(Warehouse.Folder);
        Feed("consents", "source: {files: data/consents.csv}\ninto: consent\ncolumns: {customer: [{from: crm, identity: crm}, {from: web, identity: web}], channel: channel, is_granted: granted, stated_at: at}");
        Data("consents.csv", "crm,web,channel,granted,at\nC1,,mail,yes,2026-01-01\n,W1,mail,no,2025-01-01\nC1,,post,no,2025-01-01\nC1,,post,yes,2025-06-01\nC2,,mail,yes,2026-01-01\n");
        await LoadAsync();
        const string Permissions = "SELECT identity.source_id, channel, is_granted FROM star.permission_as_of(TIMESTAMPTZ '2026-06-02 00:00:00+00') JOIN star.customer_identity AS identity USING (customer_key) WHERE identity.source = 'crm' ORDER BY ALL";
        Assert.Equal(["C1 | mail | False", "C1 | post | True", "C2 | mail | True"], await RowsAsync(Permissions));
        Warehouse.Folder.Write("identity.yaml", "rules: []");
        await LoadAsync();
        Assert.Equal(["C1 | mail | True", "C1 | post | True", "C2 | mail | True"], await RowsAsync(Permissions));
    }

    [Theory]
    [InlineData("rules: [{match: emial}]", "Did you mean \"email\"?")]
    [InlineData("rules: [{at_most: 3}]", "\"match\" is missing")]
    [InlineData("decisions: [{same: [crm:C1], because: x}]", "two or more identifiers")]
    [InlineData("decisions: [{same: [C1, C2], because: x}]", "such as crm:C1")]
    public async Task FaultyDefinition_IsToldWithItsPlace(string yaml, string fault)
    {
        Feed("crm", Crm);
        Data("crm.csv", CrmHeader + "C1,,,,0800 1,,,,\n");
        Warehouse.Folder.Write("identity.yaml", yaml);
        Assert.Contains(fault, (await Assert.ThrowsAsync<DefinitionException>(() => LoadAsync())).Message);
    }

    private static void Write(FreshFolder folder)
    {
        folder.Write("feeds/crm.yaml", Crm);
        folder.Write("feeds/web.yaml", Web);
        folder.Write("feeds/sales.yaml", SaleFeed.Replace("customer: customer", "customer: [{from: card, identity: loyalty}, {from: mail, identity: email}, {from: customer, identity: crm}]", StringComparison.Ordinal));
        folder.Write("identity.yaml", Rules);
        // C1, C4 and W1 share a telephone and a given name; C1 and C4 were born in different years. W3 shares C3's telephone alone.
        folder.Write("data/crm.csv", CrmHeader + "C1,Ann,Lee,,+44 123 456789,Y1 1AA,York,1980,L1\nC2,Bo,Ray,BO@x.org,,B1 1AA,Bath,,\nC3,Cy,Day,,0777 111222,H1 1AA,Hull,,\nC4,Ann,Lee,,44123456789,Z9 9ZZ,Deal,1955,\n");
        folder.Write("data/web.csv", WebHeader + "W1,Ann,Li,,(0)123456789,\nW2,,,bo@x.org,,\nW3,Di,Day,,0777111222,\nW5,Cy,Daye,,,H1 1AA\n");
        folder.Write("data/sales.csv", "order,line,at,customer,card,mail,product,quantity,price\nA,1,2026-05-01,C1,,,P,1,1\nB,1,2026-05-01,,,bo@x.org,P,1,1\nC,1,2026-05-01,,L1,,P,1,1\nD,1,2026-05-01,C3,,,P,1,1\n");
    }

    /// <summary>A second warehouse within a test.</summary>
    private sealed class Another : EtlTest, IAsyncDisposable
    {
        public FreshFolder Folder => Warehouse.Folder;

        public Task<LoadReport> LoadAsync(string feed) => base.LoadAsync(feed);

        public new Task<IReadOnlyList<string>> RowsAsync(string sql) => base.RowsAsync(sql);

        ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());
    }
}
