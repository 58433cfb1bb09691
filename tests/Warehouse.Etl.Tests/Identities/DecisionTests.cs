using Warehouse.Definitions;
using Warehouse.Etl.Conform.Identities;

namespace Warehouse.Etl.Tests.Identities;

/// <summary>Decisions by hand: they take effect at once, are told with who took them and why, and can be undone.</summary>
public sealed class DecisionTests : EtlTest
{
    private const string Rules = "# Who is who.\nrules:\n- match: email   # the usual one\n";
    private const string Persons = "SELECT string_agg(source || ':' || source_id, ' ' ORDER BY source, source_id) FROM star.customer_identity GROUP BY customer_key ORDER BY 1";

    private CustomerDecisions Decisions => new(Warehouse.Database, Time);

    private string IdentityText => File.ReadAllText(Path.Combine(Warehouse.Folder.Path, "identity.yaml"));

    [Fact]
    public async Task Merge_TakesEffectAtOnce_IsTold_AndUndoneWithoutATrace()
    {
        await LoadShopAsync();
        var before = await StateAsync();
        Time.Advance(TimeSpan.FromHours(1));
        var outcome = await Decisions.MergeAsync(["crm:C1", "W2"], "told us", "anna", CancellationToken.None);
        Assert.Equal((2, "crm:C1, web:W2 are one person (told us, anna)", false), (outcome.Generation, outcome.Decision, outcome.IsUndone));
        Assert.Equal([("crm:C1", 0), ("web:W1", 0), ("web:W2", 0)], outcome.Identifiers);
        Assert.Equal(Rules + "decisions:\n- {same: [crm:C1, web:W2], because: \"told us\", by: \"anna\", at: 2026-06-01T13:00:00Z}\n", IdentityText);
        Assert.Equal(["crm:C1 web:W1 web:W2", "crm:C2"], await RowsAsync(Persons));
        Assert.Equal("0", await RowAsync("SELECT customer_key FROM star.fact_sale"));
        Assert.Null((await LoadAsync()).Generation);

        await using (var connection = await Warehouse.Database.ConnectAsync(CancellationToken.None))
        {
            Assert.Equal(
                [
                    "identifier crm:C1  own identifier  crm 2", "identifier web:W1  own identifier  web 2", "identifier web:W2  own identifier  web 3",
                    "link crm:C1 web:W1 same email a@x  ", "link crm:C1 web:W2 decided: told us crm:C1 web:W2  ",
                    "decision crm:C1, web:W2  one person: told us  anna ", "was web:W2 person 3 until then   ",
                ],
                (await PersonIdentity.OfAsync(connection, "web:W2", CancellationToken.None)).Select(reason =>
                    $"{reason.Kind} {reason.Identifier} {reason.Other} {reason.Because} {reason.Value} {(reason.Kind == "identifier" ? reason.Feed : reason.By)} {reason.Line}"));
        }

        Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await Decisions.UndoAsync(["web:W2", "crm:C1"], "bo", CancellationToken.None)).IsUndone);
        Assert.Equal(before, await StateAsync());
        Assert.Equal(Rules + "decisions:\n", IdentityText);
        Assert.Equal(
            "anna | bo | 2026-06-01 14:00:00+00 | 2 | 3",
            await RowAsync("SELECT decided_by, ended_by, CAST(ended_at AS VARCHAR), generation, ended_generation FROM star.identity_decision"));
        Assert.Equal(
            ["12:30 3", "13:30 0", "14:30 3"],
            await RowsAsync("""
                SELECT '12:30 ' || customer_key FROM star.identity_as_of(TIMESTAMPTZ '2026-06-01 12:30:00+00') WHERE source_id = 'W2' UNION ALL
                SELECT '13:30 ' || customer_key FROM star.identity_as_of(TIMESTAMPTZ '2026-06-01 13:30:00+00') WHERE source_id = 'W2' UNION ALL
                SELECT '14:30 ' || customer_key FROM star.identity_as_of(TIMESTAMPTZ '2026-06-01 14:30:00+00') WHERE source_id = 'W2' ORDER BY 1
                """));
    }

    [Fact]
    public async Task Split_PartsWhomRulesJoin_AndStaysSoWhenMoreIsTold()
    {
        await LoadShopAsync();
        await Decisions.SplitAsync(["crm:C1", "web:W1"], "mother and daughter", "anna", CancellationToken.None);
        Assert.Equal(["crm:C1", "crm:C2", "web:W1", "web:W2"], await RowsAsync(Persons));
        Data("web2.csv", "id,email,city\nW1,a@x,Hull\nW7,a@x,Hull\n");
        await LoadAsync();
        Assert.DoesNotContain(await RowsAsync(Persons), person => person.Contains("crm:C1", StringComparison.Ordinal) && person.Contains("web:W1", StringComparison.Ordinal));
        var fault = await Assert.ThrowsAsync<UserFaultException>(() => Decisions.MergeAsync(["crm:C1", "web:W1"], "one", "bo", CancellationToken.None));
        Assert.Equal("It was decided already: crm:C1, web:W1 are different persons (mother and daughter, anna). 'warehouse customer undo crm:C1 web:W1' takes that back. Nothing was changed.", fault.Message);
    }

    [Fact]
    public async Task MergeThatADecisionForbidsByAWayRound_IsRefused_AndLeavesAllAsItWas()
    {
        await LoadShopAsync();
        await Decisions.SplitAsync(["crm:C1", "crm:C2"], "father and son", "anna", CancellationToken.None);
        await Decisions.MergeAsync(["crm:C2", "web:W2"], "a wedding", "anna", CancellationToken.None);
        var before = await StateAsync();
        var text = IdentityText;
        var fault = await Assert.ThrowsAsync<UserFaultException>(() => Decisions.MergeAsync(["crm:C1", "web:W2"], "who knows", "bo", CancellationToken.None));
        Assert.Contains("cannot be one person: it was decided that crm:C1, crm:C2 are different persons (father and son, anna)", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync());
        Assert.Equal(text, IdentityText);
        Assert.Equal("3", await RowAsync("SELECT max(generation) FROM ops.generation"));
        // A decision comes before rules: W1 leaves C1, with whom an address had joined it, and that is told.
        var outcome = await Decisions.MergeAsync(["web:W1", "web:W2"], "she says so", "bo", CancellationToken.None);
        Assert.Equal([("crm:C1", 0), ("crm:C2", 1), ("web:W1", 1), ("web:W2", 1)], outcome.Identifiers);
    }

    [Fact]
    public async Task WhatIsNotKnown_IsAWrongCommand()
    {
        await LoadShopAsync();
        Data("crm9.csv", "id,email,city\nW1,,\n");
        await LoadAsync();
        Assert.Contains("No source names a customer \"crm:C9\"", await FaultAsync("crm:C9", "C1"), StringComparison.Ordinal);
        Assert.Contains("Several sources use \"W1\": say which is meant, crm:W1 or web:W1.", await FaultAsync("W1", "C1"), StringComparison.Ordinal);
        Assert.Contains("two identifiers or more", await FaultAsync("C1", "crm:C1"), StringComparison.Ordinal);
        Assert.Contains("No decision names any of them", (await Assert.ThrowsAsync<UserFaultException>(() => Decisions.UndoAsync(["C1"], "bo", CancellationToken.None))).Message, StringComparison.Ordinal);
        Assert.Equal(Rules, IdentityText);

        async Task<string> FaultAsync(params string[] ids) =>
            (await Assert.ThrowsAsync<WrongCommandException>(() => Decisions.MergeAsync(ids, "x", "bo", CancellationToken.None))).Message;
    }

    [Fact]
    public async Task Consent_StaysWhatEachGave_WhoeverIsMerged()
    {
        await LoadShopAsync();
        Feed("consents", "source: {files: data/consents.csv}\ninto: consent\ncolumns: {customer: [{from: crm, identity: crm}, {from: web, identity: web}], channel: channel, is_granted: granted, stated_at: at}");
        Data("consents.csv", "crm,web,channel,granted,at\nC1,,mail,yes,2026-01-01\n,W2,mail,no,2020-01-01\n,W2,post,yes,2026-01-01\n");
        await LoadAsync();
        const string Permissions = "SELECT DISTINCT channel, is_granted FROM star.permission_as_of(TIMESTAMPTZ '2026-06-02 00:00:00+00') JOIN star.customer_identity AS identity USING (customer_key) WHERE source_id = 'C1' ORDER BY ALL";
        Assert.Equal(["mail | True"], await RowsAsync(Permissions));
        await Decisions.MergeAsync(["C1", "W2"], "one", "bo", CancellationToken.None);
        // The later yes of the one is no yes of the other; and what only one was asked for is what that one said.
        Assert.Equal(["mail | False", "post | True"], await RowsAsync(Permissions));
        await Decisions.UndoAsync(["C1"], "bo", CancellationToken.None);
        Assert.Equal(["mail | True"], await RowsAsync(Permissions));
    }

    private async Task LoadShopAsync()
    {
        const string Columns = "columns: {id: id, email: email, city: city}";
        Feed("crm", $"source: {{files: \"data/crm*.csv\"}}\nidentity: crm\ninto: customer\n{Columns}");
        Feed("web", $"source: {{files: \"data/web*.csv\"}}\nidentity: web\ninto: customer\n{Columns}");
        Feed("sales", SaleFeed.Replace("identity: shop", "identity: web", StringComparison.Ordinal));
        Warehouse.Folder.Write("identity.yaml", Rules);
        Data("crm.csv", "id,email,city\nC1,a@x,York\nC2,b@x,Bath\n");
        Data("web.csv", "id,email,city\nW1,A@x,\nW2,c@x,Hull\n");
        Data("sales.csv", SaleHeader + "A,1,2026-05-01,W2,P,1,1\n");
        await LoadAsync();
    }

    private async Task<string[]> StateAsync() =>
    [
        .. await RowsAsync("SELECT source, source_id, customer_key FROM star.customer_identity ORDER BY ALL"),
        .. await RowsAsync("SELECT customer_key, customer_id, city FROM star.dim_customer ORDER BY ALL"),
        .. await RowsAsync("SELECT order_id, customer_key FROM star.fact_sale ORDER BY ALL"),
        .. await RowsAsync("SELECT * EXCLUDE (generation) FROM star.identity_link ORDER BY ALL"),
    ];
}
