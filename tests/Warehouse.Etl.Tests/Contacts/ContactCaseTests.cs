namespace Warehouse.Etl.Tests.Contacts;

/// <summary>A contact is one row from its opening to its end, however often it is told, and keeps what it was before.</summary>
public sealed class ContactCaseTests : EtlTest
{
    private const string Header = "case,channel,topic,complaint,customer,order,sku,agent,opened,answered,escalated,resolved,reopened,closed,waited,spoke,rating,changed\n";

    private const string CaseFeed =
        """
        source: {files: "data/cases*.csv"}
        identity: shop
        known: at_event
        into: contact
        columns:
          contact_id: case
          channel: channel
          topic: topic
          is_complaint: complaint
          customer: customer
          order_id: order
          product: sku
          agent: agent
          opened_at: opened
          answered_at: {from: answered, not_before: opened_at}
          escalated_at: escalated
          resolved_at: resolved
          reopened_at: reopened
          closed_at: closed
          waiting_seconds: waited
          talk_seconds: spoke
          satisfaction: {from: rating, min: 1, max: 5}
          changed_at: changed
        """;

    private const string Now =
        """
        SELECT is_answered, is_resolved, escalated_at IS NOT NULL, reopened_at IS NOT NULL, closed_at IS NOT NULL, satisfaction
        FROM star.fact_contact WHERE contact_id = 'K1'
        """;

    [Fact]
    public async Task Complaint_OpensEscalatesResolvesAndReopens_AsOneRowThatKeepsItsPast()
    {
        const string Case = "K1,call,late delivery,yes,C1,O1,P1,Ann,2026-01-05 10:00:00,2026-01-05 10:01:30,";
        Feed("cases", CaseFeed);
        Data("orders.csv", SaleHeader + "O1,1,2026-01-02,C1,P1,1,9.5\n");
        Feed("sales", SaleFeed.Replace("sales*", "orders", StringComparison.Ordinal));
        Data("cases1.csv", Header + Case + ",,,,90,00:04:10,,2026-01-05 10:06:00\n");
        await LoadAsync();
        Assert.Equal("True | False | False | False | False | NULL", await RowAsync(Now));

        Data("cases2.csv", Header + Case + "2026-01-06 09:00:00,2026-01-07 12:00:00,,,90,00:04:10,4,2026-01-07 12:00:00\n");
        await LoadAsync();
        Assert.Equal("True | True | True | False | False | 4", await RowAsync(Now));

        Data("cases3.csv", Header + Case + "2026-01-06 09:00:00,2026-01-07 12:00:00,2026-01-09 08:00:00,,90,00:04:10,2,2026-01-09 08:00:00\n");
        await LoadAsync();
        Assert.Equal("True | False | True | True | False | 2", await RowAsync(Now));

        Data("cases4.csv", Header + Case + "2026-01-06 09:00:00,2026-01-10 12:00:00,2026-01-09 08:00:00,2026-01-11 08:00:00,90,00:04:10,3,2026-01-11 08:00:00\n");
        await LoadAsync();
        Assert.Equal("True | True | True | True | True | 3", await RowAsync(Now));

        Assert.Equal(
            "C1 | O1 | P1 | Ann | late delivery | True | call | 90 | 250",
            await RowAsync(
                """
                SELECT customer.source_id, contact.order_id, product_id, agent_id, topic, reason.is_complaint, dim_channel.channel, waiting_seconds, talk_seconds
                FROM star.fact_contact AS contact
                JOIN star.customer_identity AS customer USING (identity_key)
                JOIN star.dim_product AS product ON product.product_key = contact.product_key AND product.is_current
                JOIN star.dim_agent USING (agent_key)
                JOIN star.dim_reason AS reason USING (reason_key)
                JOIN star.dim_channel USING (channel_key)
                """));
        Assert.Equal(
            ["False | NULL", "True | 4", "False | 2", "True | 3"],
            await RowsAsync("SELECT is_resolved, satisfaction FROM star.contact_version WHERE contact_id = 'K1' ORDER BY known_at"));
        Assert.Equal("1", await RowAsync(
            "SELECT count(*) FROM star.fact_contact AS contact JOIN star.fact_sale AS sale ON sale.order_id = contact.order_id AND sale.customer_key = contact.customer_key"));
    }

    [Fact]
    public async Task EveryWayToBeInTouch_IsAContact()
    {
        Feed("cases", CaseFeed);
        string[] ways = ["call", "email", "chat", "web", "visit", "letter"];
        Data("cases.csv", Header + string.Concat(ways.Select((way, number) => FormattableString.Invariant(
            $"K{number},{way},question,no,,,,,2026-01-05 10:00:00,,,,,,,,,2026-01-05 10:00:00\n"))));

        await LoadAsync();

        Assert.Equal(ways.Order(StringComparer.Ordinal), await RowsAsync("SELECT dim_channel.channel FROM star.fact_contact JOIN star.dim_channel USING (channel_key) ORDER BY ALL"));
        Assert.Equal("6", await RowAsync("SELECT count(*) FROM star.fact_contact WHERE customer_key = -1 AND product_key = -1 AND agent_key = -1 AND NOT is_answered AND NOT is_complaint"));
    }

    [Fact]
    public async Task CaseToldOutOfOrder_IsAsItWasToldLast()
    {
        const string Case = "K1,call,late delivery,yes,C1,O1,P1,Ann,2026-01-05 10:00:00,2026-01-05 10:01:30,";
        Feed("cases", CaseFeed);
        Data("cases1.csv", Header + Case + "2026-01-06 09:00:00,2026-01-07 12:00:00,,,90,00:04:10,4,2026-01-07 12:00:00\n");
        await LoadAsync();
        Data("cases2.csv", Header + Case + ",,,,90,00:04:10,,2026-01-05 10:06:00\n");
        await LoadAsync();

        Assert.Equal("True | True | True | False | False | 4", await RowAsync(Now));
        Assert.Equal("2", await RowAsync("SELECT count(*) FROM star.contact_version"));
    }
}
